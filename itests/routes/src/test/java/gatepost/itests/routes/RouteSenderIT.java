package gatepost.itests.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A route sees who sent what it takes, and what it sends is its own, whatever came in. */
class RouteSenderIT extends RoutesTest {

    @Test
    void aRouteKnowsWhoSentAMessageAndSendsAsItself() {
        allow("inbox", "queue://app.inbox  read=gatepost-routes  admin=gatepost-routes");
        route("answers.yaml", """
                - route:
                    id: answers
                    from:
                      uri: gatepost:app.inbox
                      steps:
                        - setHeader:
                            name: asked-by
                            simple: "${header.gatepost-user} ${header.CamelGatepostUser}"
                        - to: gatepost:user.flow
                """);
        try (StompClient flow = Transport.TCP.client(gatepost);
                StompClient bob = Transport.WEB_SOCKET.client(gatepost)) {
            flow.connect("flow", "flow");
            flow.done(ClientFrame.subscribe("1", "/queue/user.flow"));
            bob.connect("bob", "bob");
            bob.done(ClientFrame.send(
                    "/queue/app.inbox",
                    "mine",
                    "gatepost-user:alice",
                    "Gatepost-User:alice",
                    "CamelGatepostUser:alice",
                    "JMSXUserID:alice",
                    "asked-by:alice"));
            ServerFrame answer = flow.expect("MESSAGE");
            assertEquals("mine", answer.text());
            assertEquals("bob bob", answer.header("asked-by"));
            assertEquals("gatepost-routes", answer.header("gatepost-user"));
            assertNull(answer.header("CamelGatepostUser"));
        }
    }

    @Test
    void camelStompSendsAsWhoItSignsInAsAndSeesWhoSentAMessage() {
        String server =
                "brokerURL=tcp://127.0.0.1:%d&login=system&passcode=RAW(manager)".formatted(gatepost.stompPort());
        route("stomp.yaml", """
                - route:
                    id: asks
                    from:
                      uri: timer:once?repeatCount=1
                      steps:
                        - setBody:
                            constant: by camel-stomp
                        - setHeader:
                            name: gatepost-user
                            constant: alice
                        - to: stomp:/queue/app.stomp?%s
                - route:
                    id: answers
                    from:
                      uri: stomp:/queue/app.stomp?%s
                      steps:
                        - setHeader:
                            name: asked-by
                            simple: "${header.gatepost-user}"
                        - setHeader:
                            name: Gatepost-User
                            constant: alice
                        - to: stomp:/queue/user.flow?%s
                """.formatted(server, server, server));
        try (StompClient flow = Transport.TCP.client(gatepost)) {
            flow.connect("flow", "flow");
            flow.done(ClientFrame.subscribe("1", "/queue/user.flow"));
            ServerFrame answer = flow.expect("MESSAGE");
            assertEquals("system", answer.header("asked-by"));
            assertEquals("system", answer.header("gatepost-user"));
            assertEquals(
                    List.of(),
                    answer.lines().stream()
                            .filter(line -> line.contains("alice"))
                            .toList());
        }
    }
}
