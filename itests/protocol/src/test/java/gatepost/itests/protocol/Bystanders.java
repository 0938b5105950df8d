package gatepost.itests.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** A client over TCP and one over WebSocket that use a queue of their own while others do what they do. */
final class Bystanders implements AutoCloseable {

    private static final Duration PROMPT = Duration.ofSeconds(2);

    private final Map<Transport, StompClient> clients = new EnumMap<>(Transport.class);
    private int sent;

    Bystanders(Gatepost gatepost) {
        for (Transport transport : Transport.values()) {
            StompClient client = transport.client(gatepost);
            client.connect("system", "manager");
            client.done(ClientFrame.subscribe("b", queue(transport)));
            clients.put(transport, client);
        }
    }

    /** Each sends itself a message, which comes promptly, and nothing else comes. */
    void work() {
        sent++;
        clients.forEach((transport, client) -> client.send(ClientFrame.send(queue(transport), "n" + sent)));
        clients.forEach((transport, client) ->
                assertEquals("n" + sent, client.frame(PROMPT).text(), "bystander over " + transport));
    }

    @Override
    public void close() {
        clients.values().forEach(StompClient::close);
    }

    private static String queue(Transport transport) {
        return "/queue/bystander." + transport;
    }
}
