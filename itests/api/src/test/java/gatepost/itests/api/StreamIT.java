package gatepost.itests.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatepost.itests.api.EventStream.Event;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Token;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One's own inbox as Server-Sent Events. */
@ExtendWith(Suite.class)
class StreamIT {

    /** More than the window of any subscription. */
    private static final int MANY = 1_200;

    private final Gatepost gatepost = Suite.gatepost();
    private final String user = Suite.user();
    private final Caller owner = Caller.user(user);

    private EventStream open(String query, String... headers) {
        return EventStream.open(gatepost.wsPort(), owner, query, headers);
    }

    private JsonNode state() {
        return owner.get("users/" + user).expect(200).json();
    }

    private Answer acknowledge(String json) {
        return owner.call("POST", "/gatepost/inbox/ack", json);
    }

    @Test
    void messagesComeAsTheyAreSentAndAreDoneWhenThatIsSaid() {
        Caller.PUBLISHER.publish(user, "one");
        try (EventStream stream = open("")) {
            assertEquals(200, stream.status());
            assertEquals("text/event-stream", stream.header("content-type"));
            assertEquals("no", stream.header("x-accel-buffering"));
            assertEquals("no-store", stream.header("cache-control"));
            Event begin = stream.next();
            assertEquals("begin", begin.type());
            assertFalse(begin.json().get("gap").asBoolean());
            Event one = stream.message();
            assertEquals("one", one.body());
            Caller.PUBLISHER
                    .post(
                            "messages",
                            "{'to':{'users':['" + user
                                    + "']},'body':{'a':'b\\nc'},'id':'order-17','headers':{'k':'v'}}")
                    .expect(200);
            JsonNode two = stream.message().json();
            assertEquals("{\"a\":\"b\\nc\"}", two.get("body").asText());
            assertEquals("application/json", two.get("contentType").asText());
            assertEquals("order-17", two.get("id").asText());
            assertEquals("app", two.get("from").asText());
            assertEquals("v", two.at("/headers/k").asText());
            assertEquals(
                    begin.json().get("epoch").asText() + "." + two.get("offset").asText(), stream.lastId());
            assertEquals(2, state().get("waiting").asInt());

            acknowledge("{'epoch':'" + two.get("epoch").asText() + "','upTo':" + two.get("offset") + "}")
                    .expect(204);
            assertEquals(0, state().get("waiting").asInt());
        }
    }

    @Test
    void whoComesBackGoesOnBehindTheLastEvent() {
        Caller.PUBLISHER.publish(user, "one");
        String last;
        try (EventStream stream = open("")) {
            assertEquals("one", stream.message().body());
            last = stream.lastId();
        }
        Caller.PUBLISHER.publish(user, "two");
        try (EventStream stream = open("", "Last-Event-ID", last)) {
            assertFalse(stream.next().json().get("gap").asBoolean());
            assertEquals("two", stream.message().body());
        }
        try (EventStream stream = open("?after=" + last)) {
            assertEquals("two", stream.message().body());
        }
        try (EventStream stream = open("", "Last-Event-ID", "other.7")) {
            assertTrue(stream.next().json().get("gap").asBoolean());
            assertEquals("one", stream.message().body());
        }
    }

    @Test
    void whoNeverAcknowledgesIsNotHeldUp() {
        try (EventStream stream = open("")) {
            String messages = IntStream.range(0, MANY / 2)
                    .mapToObj(i -> "{'to':{'users':['" + user + "']},'body':'m'}")
                    .reduce((a, b) -> a + "," + b)
                    .orElseThrow();
            for (int i = 0; i < 2; i++) {
                Caller.PUBLISHER.post("messages", "[" + messages + "]").expect(200);
            }
            assertEquals(MANY, stream.messages(MANY).size());
        }
        assertEquals(MANY, state().get("waiting").asInt());
    }

    @Test
    void aDeviceGoesOnBehindWhatItHasAcknowledged() {
        List.of("one", "two", "three").forEach(text -> Caller.PUBLISHER.publish(user, text));
        try (EventStream stream = open("?device=phone")) {
            JsonNode two = stream.messages(2).get(1).json();
            acknowledge("{'epoch':'" + two.get("epoch").asText() + "','upTo':" + two.get("offset")
                            + ",'device':'phone'}")
                    .expect(204);
        }
        try (EventStream stream = open("?device=phone")) {
            assertEquals("three", stream.message().body());
        }
    }

    @Test
    void theStateIsToldWhenItIsAskedFor() {
        try (EventStream stream = open("?state=true&start=new")) {
            Caller.PUBLISHER.publish(user, "one");
            Event state = stream.next();
            while (!state.type().equals("state") || state.json().get("unseen").asInt() == 0) {
                state = stream.next();
            }
            assertEquals(1, state.json().get("unread").asInt());
        }
    }

    @Test
    void whoMayNotHearsSoWithTheRightStatus() {
        assertEquals(401, EventStream.open(gatepost.wsPort(), Caller.NOBODY, "").status());
        assertEquals(
                401,
                EventStream.open(gatepost.wsPort(), Caller.bearer(Token.of(user, "users", Duration.ofHours(-1))), "")
                        .status());
        assertEquals(
                403, EventStream.open(gatepost.wsPort(), Caller.PUBLISHER, "").status());
        assertEquals(422, open("?start=tomorrow").status());
        assertEquals(422, open("?colour=red").status());
        assertEquals(422, open("", "Last-Event-ID", "x y").status());
        assertEquals(204, open("", "Last-Event-ID", "end").status());
        assertEquals(422, open("?access_token=x").status());
    }

    @Test
    void aTokenThatEndsEndsTheStreamAndItIsNotToBeAskedForAgain() {
        Caller brief = Caller.bearer(Token.of(user, "users", Duration.ofSeconds(2)));
        try (EventStream stream = EventStream.open(gatepost.wsPort(), brief, "")) {
            assertEquals("begin", stream.next().type());
            Event end = stream.next();
            assertEquals("end", end.type());
            assertEquals(
                    "signed out: the token has expired",
                    end.json().get("reason").asText());
            assertTrue(stream.ends());
            assertEquals("end", stream.lastId());
        }
    }

    @Test
    void aTokenIsRefreshedWhileTheStreamGoesOn() {
        Caller brief = Caller.bearer(Token.of(user, "users", Duration.ofSeconds(3)));
        try (EventStream stream = EventStream.open(gatepost.wsPort(), brief, "")) {
            JsonNode begin = stream.next().json();
            assertTrue(begin.get("expiresIn").asInt() <= 3, begin::toString);
            String session = begin.get("session").asText();
            String refresh = "{'session':'" + session + "','token':'%s'}";

            Caller.user(Suite.user())
                    .call(
                            "POST",
                            "/gatepost/inbox/token",
                            refresh.formatted(Token.of(user, "users", Duration.ofHours(1))))
                    .expect(404);
            owner.call(
                            "POST",
                            "/gatepost/inbox/token",
                            refresh.formatted(Token.of("other", "users", Duration.ofHours(1))))
                    .expect(403);
            owner.call("POST", "/gatepost/inbox/token", refresh.formatted("no-token"))
                    .expect(403);
            Answer refreshed = owner.call(
                    "POST",
                    "/gatepost/inbox/token",
                    refresh.formatted(Token.of(user, "users", Duration.ofSeconds(60))));
            assertTrue(refreshed.expect(200).json().get("expiresIn").asInt() > 50, refreshed::text);

            // behind the end of the first token, by its own clock
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> brief.get("users/" + user).status() == 401);
            Caller.PUBLISHER.publish(user, "later");
            assertEquals("later", stream.message().body());
        }
    }

    @Test
    void anAdministratorSignsAUserOut() {
        try (EventStream stream = open("");
                EventStream other = open("")) {
            stream.next();
            other.next();
            JsonNode sessions = Caller.ADMINISTRATOR
                    .get("users/" + user + "/sessions")
                    .expect(200)
                    .json();
            assertEquals(2, sessions.get("sessions").size());
            Caller.ADMINISTRATOR
                    .call("DELETE", "users/" + user + "/sessions", null)
                    .expect(200);
            assertTrue(stream.ends());
            assertTrue(other.ends());
        }
        Awaitility.await()
                .until(() -> Caller.ADMINISTRATOR
                        .get("users/" + user + "/sessions")
                        .json()
                        .get("sessions")
                        .isEmpty());
    }

    @Test
    void aRevokedUserIsOutAndStaysOut() {
        try (EventStream stream = open("")) {
            stream.next();
            Caller.ADMINISTRATOR.post("revocations", "{'user':'" + user + "'}").expect(200);
            assertTrue(stream.ends());
            assertEquals("end", stream.lastId());
        }
        assertEquals(401, open("").status());
        Caller.ADMINISTRATOR.call("DELETE", "revocations?user=" + user, null).expect(204);
        try (EventStream stream = open("")) {
            assertEquals(200, stream.status());
        }
    }

    @Test
    void aPageThatCanSetNoHeaderBringsItsTokenInTheAddressWhereThatIsAllowed() {
        int port = gatepost.addConnector("query", "ws", Map.of("http.query.token", "true"));
        try (EventStream stream = EventStream.open(
                port, Caller.NOBODY, "?start=oldest&access_token=" + Token.of(user, "users", Duration.ofHours(1)))) {
            assertEquals(200, stream.status());
            assertEquals("begin", stream.next().type());
        } finally {
            gatepost.removeConnector("query");
        }
    }
}
