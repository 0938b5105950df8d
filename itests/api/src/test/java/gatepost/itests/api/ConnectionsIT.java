package gatepost.itests.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Bystander;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Queues;
import gatepost.itests.harness.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of a connection on which calls are made. */
@ExtendWith(Suite.class)
class ConnectionsIT {

    private final Gatepost gatepost = Suite.gatepost();
    private final String user = Suite.user();

    @Test
    void whoeverCallsOnAConnectionHasTheirOwnRights() {
        String other = Suite.user();
        try (RawHttp connection = new RawHttp()) {
            for (int round = 0; round < 20; round++) {
                // all at once, so that one comes while another is served
                connection.send(RawHttp.get("users/" + user, Caller.user(user))
                        + RawHttp.get("users/" + user, Caller.user(other))
                        + RawHttp.get("users/" + user, Caller.ADMINISTRATOR)
                        + RawHttp.post("messages", Caller.PUBLISHER, "{'to':{'users':['" + user + "']}}")
                        + RawHttp.post("messages", Caller.user(user), "{'to':{'users':['" + user + "']}}"));
                assertEquals(
                        List.of(200, 403, 200, 200, 403),
                        IntStream.range(0, 5)
                                .mapToObj(i -> connection.reply().status())
                                .toList());
            }
        }
        assertEquals(
                20, Caller.user(user).get("users/" + user).json().get("waiting").asInt());
        assertEquals(
                "app",
                Caller.user(user)
                        .get("users/" + user + "/messages")
                        .json()
                        .at("/messages/0/from")
                        .asText());
    }

    @Test
    void whoeverIsSilentForTooLongIsLeft() {
        int port = gatepost.addConnector("idle", "ws", Map.of("http.idle", "1500", "handshake.timeout", "1500"));
        List<RawHttp> connections = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                RawHttp connection = new RawHttp(port, 0);
                connections.add(connection);
                connection.send(RawHttp.get("users/" + user, Caller.user(user)));
                assertEquals(200, connection.reply().status());
            }
            RawHttp inTheMiddle = new RawHttp(port, 0);
            connections.add(inTheMiddle);
            inTheMiddle.send(RawHttp.head("POST", Caller.API + "messages", Caller.PUBLISHER)
                    + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{");
            RawHttp afterThePublic = new RawHttp(port, 0);
            connections.add(afterThePublic);
            afterThePublic.send(RawHttp.get("openapi.json", Caller.NOBODY));
            assertEquals(200, afterThePublic.reply().status());
            connections.forEach(RawHttp::expectEnd);
        } finally {
            connections.forEach(RawHttp::close);
            gatepost.removeConnector("idle");
        }
        Awaitility.await("their sessions are gone").until(() -> !sessions().contains(user));
    }

    @Test
    void whoDoesNotReadTheAnswerIsLeft() {
        int port = gatepost.addConnector("slow", "ws", Map.of("write.timeout", "1500"));
        for (int i = 0; i < 3; i++) {
            Caller.PUBLISHER.publish(user, "x".repeat(400_000));
        }
        try (RawHttp connection = new RawHttp(port, 4096)) {
            for (int i = 0; i < 20; i++) {
                connection.send(RawHttp.get("users/" + user + "/messages", Caller.user(user)));
            }
            Awaitility.await("the session is gone")
                    .atMost(Duration.ofSeconds(20))
                    .pollDelay(Duration.ofMillis(500))
                    .until(() -> !sessions().contains(user));
            connection.drain();
        } finally {
            gatepost.removeConnector("slow");
        }
    }

    @Test
    void whoReadsSlowlyIsNotTakenForOneWhoDoesNotRead() throws InterruptedException {
        int port = gatepost.addConnector("slow", "ws", Map.of("write.timeout", "2000"));
        // more than the buffers of both ends take at once; of that of the server a third is free again within the
        // timeout
        for (int i = 0; i < 2; i++) {
            Caller.PUBLISHER.publish(user, "x".repeat(i == 0 ? 4_000_000 : 1_000_000));
        }
        try (RawHttp connection = new RawHttp(port, 4096)) {
            connection.send(RawHttp.get("users/" + user + "/messages", Caller.user(user)));
            assertEquals(200, connection.replyOver(Duration.ofMillis(6500)).status());
        } finally {
            gatepost.removeConnector("slow");
        }
    }

    @Test
    void thePathIsChangedAndEmptiedWhileItRuns() {
        try {
            gatepost.apply(Suite.WS, Map.of("http.path", "/other"));
            try (RawHttp connection = new RawHttp()) {
                connection.send(RawHttp.get("users/" + user, Caller.user(user)));
                assertEquals(404, connection.reply().status());
                connection.expectEnd();
            }
            try (RawHttp connection = new RawHttp()) {
                connection.send(RawHttp.get("users/" + user, Caller.user(user)).replace("/gatepost/", "/other/"));
                assertEquals(200, connection.reply().status());
                gatepost.apply(Suite.WS, Map.of("http.path", ""));
                // who is there keeps what was in force when they came
                connection.send(RawHttp.get("users/" + user, Caller.user(user)).replace("/gatepost/", "/other/"));
                assertEquals(200, connection.reply().status());
            }
            try (RawHttp connection = new RawHttp()) {
                connection.send(RawHttp.get("users/" + user, Caller.user(user)));
                assertEquals(404, connection.reply().status());
            }
        } finally {
            gatepost.apply(Suite.WS, Map.of("http.path", "/gatepost"));
        }
        Caller.user(user).get("users/" + user).expect(200);
    }

    @Test
    void aConnectorThatIsRemovedEndsWhoIsIdleAndWhoStillSends() {
        Queues.drain(gatepost, "/queue/user.bob");
        int port = gatepost.addConnector("going", "ws", Map.of());
        try (RawHttp idle = new RawHttp(port, 0);
                RawHttp sending = new RawHttp(port, 0);
                Bystander bystander = Bystander.watch(gatepost)) {
            idle.send(RawHttp.get("users/" + user, Caller.user(user)));
            assertEquals(200, idle.reply().status());
            sending.send(RawHttp.head("POST", Caller.API + "messages", Caller.PUBLISHER)
                    + "Content-Type: application/json\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n");
            assertEquals(100, sending.reply().status());
            gatepost.removeConnector("going");
            idle.expectEnd();
            sending.expectEnd();
            bystander.assertUnharmed();
        }
    }

    @Test
    void whoseTokenEndsBetweenTwoCallsIsNobody() {
        Caller caller = Caller.bearer(Token.of(user, "users", Duration.ofSeconds(2)));
        try (RawHttp connection = new RawHttp()) {
            connection.send(RawHttp.get("users/" + user, caller));
            assertEquals(200, connection.reply().status());
            Awaitility.await("the session ends with its token")
                    .until(() -> !sessions().contains(user));
            connection.send(RawHttp.get("users/" + user, caller));
            RawHttp.Reply refused = connection.reply();
            assertEquals(401, refused.status(), refused.body());
            assertTrue(refused.isLast(), refused.head());
            connection.expectEnd();
        }
    }

    @Test
    void whoseAccountIsRemovedBetweenTwoCallsIsNobody() {
        String before = Suite.read("etc/" + Suite.USERS);
        Caller caller = Caller.basic(Suite.OTHER, Suite.OTHER);
        try (RawHttp connection = new RawHttp()) {
            connection.send(RawHttp.get("users/" + Suite.OTHER, caller));
            assertEquals(200, connection.reply().status());
            gatepost.configure(Suite.USERS, removed());
            Awaitility.await("the session is ended").until(() -> !sessions().contains(Suite.OTHER));
            connection.send(RawHttp.get("users/" + Suite.OTHER, caller));
            RawHttp.Reply refused = connection.reply();
            assertEquals(401, refused.status(), refused.body());
            connection.expectEnd();
        } finally {
            gatepost.write(Suite.USERS, before);
            Awaitility.await("the account is back")
                    .until(() -> caller.get("users/" + Suite.OTHER).status() == 200);
        }
    }

    private Map<String, String> removed() {
        Map<String, String> removed = new HashMap<>();
        removed.put(Suite.OTHER, null);
        return removed;
    }

    private String sessions() {
        return gatepost.shell("gatepost:session-list --json");
    }
}
