package gatepost.itests.protocol;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Wire;
import java.util.EnumMap;
import java.util.Map;

/** A TCP and a WebSocket connector with settings of their own, added to the running broker and removed again. */
final class Connectors implements AutoCloseable {

    private final Gatepost gatepost = Suite.gatepost();
    private final Map<Wire, String> names = new EnumMap<>(Wire.class);
    private final Map<Wire, Integer> ports = new EnumMap<>(Wire.class);

    private Connectors(Map<String, String> settings) {
        for (Wire wire : Wire.values()) {
            names.put(wire, Suite.name());
            ports.put(wire, gatepost.addConnector(names.get(wire), wire.scheme(), settings));
        }
    }

    static Connectors with(Map<String, String> settings) {
        return new Connectors(settings);
    }

    int port(Wire wire) {
        return ports.get(wire);
    }

    /** Changes a setting of both and waits until that is in force. */
    void apply(Map<String, String> changes) {
        names.values().forEach(name -> gatepost.apply("gatepost.connector-" + name + ".cfg", changes));
    }

    @Override
    public void close() {
        names.values().forEach(gatepost::removeConnector);
    }
}
