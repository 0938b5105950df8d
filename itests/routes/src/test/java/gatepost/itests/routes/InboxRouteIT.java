package gatepost.itests.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import gatepost.itests.harness.library.Json;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** A route that reads an inbox is one more subscription, and goes on where it was. */
class InboxRouteIT extends RoutesTest {

    private static final String ENTRY = "queue://user.bob  read=gatepost-routes  admin=gatepost-routes";
    private static final String COPY = """
            - route:
                id: copies
                from:
                  uri: gatepost:user.bob%s
                  steps:
                    - to: gatepost:user.flow
            """;

    @Test
    void aRouteGoesOnWhereItWas() throws IOException {
        allow("bob", ENTRY);
        route("bobs.yaml", COPY.formatted(""));
        publish("1");
        assertEquals("1", copied());
        awaitAcknowledged();

        String connector = Files.readString(gatepost.etc("gatepost.connector-stomp.cfg"));
        gatepost.removeConnector("stomp");
        gatepost.awaitLog(
                "connected as gatepost-routes", () -> gatepost.write("gatepost.connector-stomp.cfg", connector));
        publish("2");
        assertEquals("2", copied());
        awaitAcknowledged();

        gatepost.restart();
        publish("3");
        assertEquals("3", copied());

        try (StompClient bob = Transport.WEB_SOCKET.client(gatepost)) {
            bob.connect("bob", "bob");
            bob.done(ClientFrame.subscribe("1", "/queue/user.bob"));
            for (String text : new String[] {"1", "2", "3"}) {
                assertEquals(text, bob.expect("MESSAGE").text(), "a route takes nothing away");
            }
        }
    }

    @Test
    void whatIsNoInboxRemembersNoDevice() {
        allow("flow", "queue://app.flow  read=gatepost-routes  admin=gatepost-routes");
        route("bobs.yaml", FLOW.replace("gatepost:app.flow", "gatepost:app.flow?device=copies"));
        awaitRoute("^bobs.yaml/flow\\s.*app.flow is no inbox: only an inbox remembers a device");
        route("bobs.yaml", FLOW);
        awaitRoute("^bobs.yaml/flow\\s.*Started");
        String refused = routeRefused("bobs.yaml", FLOW.replace("gatepost:app.flow", "gatepost:user.*?device=copies"));
        assertTrue(refused.contains("is not the name of one queue"), refused);
    }

    private void publish(String text) {
        try (StompClient system = Transport.TCP.client(gatepost)) {
            system.connect("system", "manager");
            system.done(ClientFrame.send("/queue/user.bob", text));
        }
    }

    /** @return the one message that flow has got and not seen yet */
    private String copied() {
        try (StompClient flow = Transport.WEB_SOCKET.client(gatepost)) {
            flow.connect("flow", "flow");
            flow.done(ClientFrame.subscribe("1", "/queue/user.flow", "ack:client-individual"));
            ServerFrame message = flow.expect("MESSAGE");
            flow.done(ClientFrame.of("ACK", "id:" + message.header("ack")));
            return message.text();
        }
    }

    /** Only what it has acknowledged does it not get again. */
    private void awaitAcknowledged() {
        eventually().until(() -> {
            JsonNode bob = Json.read(gatepost.shell("gatepost:inbox-show --json bob"));
            JsonNode device = bob.get("devices").get(0);
            return device.get("device").asText().equals("bobs.yaml.copies")
                    && device.get("upTo").asLong() == bob.get("head").asLong();
        });
    }
}
