package gatepost.itests.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Wire;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** A client over TCP and one over WebSocket that use a queue of their own while others do what they do. */
final class Bystanders implements AutoCloseable {

    private static final Duration PROMPT = Duration.ofSeconds(2);

    private final Map<Wire, StompClient> clients = new EnumMap<>(Wire.class);
    private int sent;

    Bystanders(Gatepost gatepost) {
        for (Wire wire : Wire.values()) {
            StompClient client = wire.client(gatepost);
            client.connect("system", "manager");
            client.done(ClientFrame.subscribe("b", queue(wire)));
            clients.put(wire, client);
        }
    }

    /** Each sends itself a message, which comes promptly, and nothing else comes. */
    void work() {
        sent++;
        clients.forEach((wire, client) -> client.send(ClientFrame.send(queue(wire), "n" + sent)));
        clients.forEach(
                (wire, client) -> assertEquals("n" + sent, client.frame(PROMPT).text(), "bystander over " + wire));
    }

    @Override
    public void close() {
        clients.values().forEach(StompClient::close);
    }

    private static String queue(Wire wire) {
        return "/queue/bystander." + wire;
    }
}
