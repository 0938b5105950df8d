package gatepost.itests.protocol;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.Map;

/** A connector with settings of its own, added to the running broker and removed again. */
final class OneConnector implements AutoCloseable {

    private final Gatepost gatepost = Suite.gatepost();
    private final String name = Suite.name();
    private final Transport transport;
    private final int port;

    private OneConnector(Transport transport, Map<String, String> settings) {
        this.transport = transport;
        this.port = gatepost.addConnector(name, transport.scheme(), settings);
    }

    static OneConnector with(Transport transport, Map<String, String> settings) {
        return new OneConnector(transport, settings);
    }

    int port() {
        return port;
    }

    String file() {
        return "gatepost.connector-" + name + ".cfg";
    }

    StompClient client() {
        return transport.client(port);
    }

    /** @return a client that is signed in as {@code system} with STOMP 1.2 */
    StompClient signedIn() {
        StompClient client = client();
        try {
            client.connect("system", "manager");
            return client;
        } catch (AssertionError e) {
            client.close();
            throw e;
        }
    }

    /** Changes settings and waits until they are in force. */
    void apply(Map<String, String> changes) {
        gatepost.apply(file(), changes);
    }

    /** Waits until the server has closed all of its connections. */
    void awaitNoConnections() {
        gatepost.awaitStatus("(?m)^" + name + "\\b.*\\bopen\\s+0\\s*$");
    }

    @Override
    public void close() {
        gatepost.removeConnector(name);
    }
}
