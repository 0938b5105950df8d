package gatepost.itests.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Ports;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The connection of the routes breaks while messages flow. */
class ConnectionIT extends RoutesTest {

    @Test
    void theConnectorClosesAndOpensAndEveryMessageComesThrough() throws Exception {
        allow("flow", "queue://app.flow  read=gatepost-routes  admin=gatepost-routes");
        route("flow.yaml", FLOW);
        int published;
        List<ServerFrame> received;
        try (Flow flow = new Flow(gatepost)) {
            flow.goOn(50);
            for (int i = 0; i < 3; i++) {
                String connector = Files.readString(gatepost.etc("gatepost.connector-stomp.cfg"));
                gatepost.removeConnector("stomp");
                awaitPublished(flow, 50);
                gatepost.awaitLog(
                        "connected as gatepost-routes",
                        () -> gatepost.write("gatepost.connector-stomp.cfg", connector));
                flow.goOn(50);
            }
            gatepost.apply("gatepost.connector-stomp.cfg", Map.of("uri", "stomp://127.0.0.1:" + Ports.free()));
            flow.goOn(50);
            published = flow.end();
            eventually().until(() -> ids(flow.received()) >= published);
            received = flow.received();
        }
        assertEquals(
                IntStream.range(0, published).boxed().toList(),
                received.stream()
                        .map(ServerFrame::text)
                        .map(Integer::valueOf)
                        .distinct()
                        .sorted()
                        .toList());
        assertEquals(published, ids(received), "whatever comes twice has the same id");
    }

    @Test
    void theBrokerRestartsAndEveryMessageComesThrough() {
        allow("flow", "queue://app.flow  read=gatepost-routes  admin=gatepost-routes");
        route("flow.yaml", FLOW);
        int count = 400;
        try (StompClient system = Transport.WEB_SOCKET.client(gatepost)) {
            system.connect("system", "manager");
            for (int i = 0; i < count; i++) {
                system.done(ClientFrame.send("/queue/app.flow", "" + i));
            }
        }
        for (int check : List.of(250_000, 300_000)) {
            gatepost.apply("gatepost.broker.cfg", Map.of("expiry.check", "" + check));
        }
        Map<String, String> texts = new HashMap<>();
        try (StompClient flow = Transport.WEB_SOCKET.client(gatepost)) {
            flow.connect("flow", "flow");
            flow.send(ClientFrame.subscribe("1", "/queue/user.flow"));
            while (texts.size() < count) {
                ServerFrame message = flow.expect("MESSAGE");
                texts.put(message.header("gatepost-message-id"), message.text());
            }
            assertEquals(count, Set.copyOf(texts.values()).size(), "whatever comes twice has the same id");
        }
    }

    private static void awaitPublished(Flow flow, int more) {
        int enough = flow.published() + more;
        eventually().until(() -> flow.published() >= enough);
    }

    private static long ids(List<ServerFrame> messages) {
        return messages.stream()
                .map(message -> message.header("gatepost-message-id"))
                .distinct()
                .count();
    }
}
