package gatepost.itests.fairness;

import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A connector with limits of its own, added to the running broker and removed again. */
final class OwnConnector implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name = "limited" + NUMBER.incrementAndGet();
    private final Transport transport;
    private final int port;

    private OwnConnector(Transport transport, Map<String, String> limits) {
        this.transport = transport;
        this.port = Suite.gatepost().addConnector(name, transport.scheme(), limits);
    }

    static OwnConnector with(Transport transport, Map<String, String> limits) {
        return new OwnConnector(transport, limits);
    }

    String file() {
        return "gatepost.connector-" + name + ".cfg";
    }

    int port() {
        return port;
    }

    StompClient client() {
        return transport.client(port);
    }

    /** @param user whose name is the password */
    StompClient signedIn(String user) {
        StompClient client = client();
        try {
            client.connect(user, user);
            return client;
        } catch (AssertionError e) {
            client.close();
            throw e;
        }
    }

    @Override
    public void close() {
        Suite.gatepost().removeConnector(name);
    }
}
