package gatepost.transport;

import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.Settings;
import java.util.Map;

/**
 * What PID {@code gatepost.transport} says.
 *
 * @param warmUpConnections made to itself at the start, 0 to 100,000
 */
record TransportSettings(int warmUpConnections) {

    static TransportSettings of(Map<String, ?> properties) throws ConfigurationProblems {
        Settings settings = new Settings(StompTransportFactory.PID, properties, TransportDefinition.class);
        TransportSettings read = new TransportSettings(settings.integer("warm.up.connections", 0, 100_000));
        settings.verify();
        return read;
    }
}
