package gatepost.itests.protocol;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Transport;
import java.util.EnumMap;
import java.util.Map;

/** A TCP and a WebSocket connector with settings of their own, added to the running broker and removed again. */
final class Connectors implements AutoCloseable {

    private final Gatepost gatepost = Suite.gatepost();
    private final Map<Transport, String> names = new EnumMap<>(Transport.class);
    private final Map<Transport, Integer> ports = new EnumMap<>(Transport.class);

    private Connectors(Map<String, String> settings) {
        for (Transport transport : Transport.values()) {
            names.put(transport, Suite.name());
            ports.put(transport, gatepost.addConnector(names.get(transport), transport.scheme(), settings));
        }
    }

    static Connectors with(Map<String, String> settings) {
        return new Connectors(settings);
    }

    int port(Transport transport) {
        return ports.get(transport);
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
