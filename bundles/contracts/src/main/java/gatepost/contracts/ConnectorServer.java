package gatepost.contracts;

import java.util.Map;
import org.apache.activemq.transport.TransportServer;

/** The server of one connector. The broker starts and stops it as ActiveMQ does, and gives it its options. */
public interface ConnectorServer extends TransportServer {

    /**
     * Takes the connector's options: before it is started, and whenever they change. Those of connections that are there stay as they
     * were.
     *
     * @param options every key of the PID {@code gatepost.connector} but {@code uri}, each value of its type
     * @throws OptionRefused when one of them cannot be used; those before stay in force
     */
    void use(Map<String, Object> options) throws OptionRefused;
}
