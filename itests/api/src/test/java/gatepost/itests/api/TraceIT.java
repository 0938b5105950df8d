package gatepost.itests.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Token;
import gatepost.itests.harness.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Why did the user not get it? In sentences, and the same over HTTP and in the shell. */
@ExtendWith(Suite.class)
class TraceIT {

    private static final String BODY = "what nobody is told of a message";

    private final Gatepost gatepost = Suite.gatepost();
    private final String user = Suite.user();
    private final Caller owner = Caller.user(user);

    private JsonNode publish(String to, String id) {
        return Caller.PUBLISHER
                .post("messages", "{'to':" + to + ",'body':'" + BODY + "','id':'" + id + "'}")
                .expect(200)
                .json();
    }

    private JsonNode publish(String id) {
        return publish("{'users':['" + user + "']}", id).at("/results/0");
    }

    private JsonNode messages() {
        return owner.get("users/" + user + "/trace").expect(200).json().get("messages");
    }

    /** @return what is said, without what differs each time */
    private List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        messages()
                .forEach(message -> sentences.add(plain(message.get("sentence").asText())));
        return sentences;
    }

    private static String plain(String sentence) {
        return sentence.replaceAll("(\\d{4}-\\d\\d-\\d\\d )?\\d\\d:\\d\\d:\\d\\d", "T")
                .replaceAll("127\\.0\\.0\\.1:\\d+", "A")
                .replaceAll("(acknowledged|rejected) at T(?! by)", "$1");
    }

    private void awaitSays(String... sentences) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertEquals(List.of(sentences), sentences()));
    }

    private StompClient client() {
        StompClient client = Transport.WEB_SOCKET.client(gatepost);
        client.connect("", Token.of(user, "users", Duration.ofHours(1)));
        return client;
    }

    @Test
    void eachSessionOfTheUserHasItsPartInTheSentence() {
        try (StompClient phone = client();
                StompClient idle = client();
                EventStream stream = EventStream.open(gatepost.wsPort(), owner, "?device=page")) {
            phone.done(ClientFrame.subscribe(
                    "1", "/queue/user." + user, "ack:client-individual", "gatepost-device:phone"));
            publish("order-17");
            ServerFrame message = phone.expect("MESSAGE");
            stream.message();
            String stored = "order-17 from app: stored at T UTC; ";
            String missed = "; the user's other session at A (which does not read the queue) did not get it.";
            awaitSays(stored
                    + inAnyOrder(
                            "sent at T to A (device phone), not yet acknowledged",
                            "sent at T to A (acknowledges by request, device page), not yet acknowledged")
                    + missed);

            phone.done(ClientFrame.of("ACK", "id:" + message.header("ack")));
            awaitSays(stored
                    + inAnyOrder(
                            "sent at T to A (device phone), acknowledged",
                            "sent at T to A (acknowledges by request, device page), not acknowledged there")
                    + missed);

            JsonNode told = messages().get(0);
            assertEquals("order-17", told.get("id").asText());
            assertEquals("app", told.get("from").asText());
            assertEquals("acknowledged", told.get("outcome").asText());
            assertEquals(message.header("message-id"), told.get("message").asText());
            assertFalse(told.has("offset"), "it waits no more");
            assertEquals(2, told.get("deliveries").size());
            for (JsonNode delivery : told.get("deliveries")) {
                boolean isPhone = delivery.get("device").asText().equals("phone");
                assertEquals(user, delivery.get("user").asText());
                assertEquals(1, delivery.get("times").asInt());
                assertTrue(delivery.get("address").asText().contains("://127.0.0.1:"), delivery.toString());
                assertEquals(
                        isPhone ? "acknowledged" : "", delivery.path("outcome").asText());
            }
        }
    }

    /** Which of two subscriptions has a message first is chance. */
    private String inAnyOrder(String one, String other) {
        String told = sentences().stream().findFirst().orElse("");
        return told.indexOf("device phone") < told.indexOf("device page") ? one + "; " + other : other + "; " + one;
    }

    @Test
    void whatAStreamHasTakenIsAcknowledgedByItsRequestOnly() {
        try (EventStream stream = EventStream.open(gatepost.wsPort(), owner, "?device=page")) {
            publish("a");
            JsonNode a = stream.message().json();
            publish("b");
            JsonNode b = stream.message().json();
            String stored = " from app: stored at T UTC; sent at T to A (acknowledges by request, device page), ";
            awaitSays("a" + stored + "not yet acknowledged.", "b" + stored + "not yet acknowledged.");
            assertEquals(
                    b.get("offset").asLong(), messages().get(1).get("offset").asLong());
            assertEquals(b.get("epoch"), messages().get(1).get("epoch"));

            acknowledge(a, ",'device':'page'");
            acknowledge(b, "");
            awaitSays(
                    "a" + stored + "acknowledged.",
                    "b" + stored + "not acknowledged there; acknowledged at T by a request.");
        }
    }

    private void acknowledge(JsonNode message, String device) {
        owner.call(
                        "POST",
                        "/gatepost/inbox/ack",
                        "{'epoch':'" + message.get("epoch").asText() + "','offset':" + message.get("offset") + device
                                + "}")
                .expect(204);
    }

    @Test
    void whatNobodyHasGotSaysWhy() {
        JsonNode position = publish("order-1");
        String stranger = Suite.user();
        Caller.user(stranger)
                .post("messages", "{'to':{'users':['" + user + "']},'body':'x','id':'spam'}")
                .expect(403);
        publish("back");
        Caller.PUBLISHER
                .call("DELETE", "messages?user=" + user + "&id=back", null)
                .expect(204);
        publish("twice");
        publish("twice");
        String waits = " from app: stored at T UTC; it waits: nobody reads it.";
        awaitSays(
                "order-1" + waits,
                "spam from " + stranger + ": denied at T UTC, for the gate does not let its sender write here.",
                "back from app: stored at T UTC; taken back at T.",
                "twice" + waits,
                "twice from app: stored at T UTC; it came under an id that had come before, and counts as that one.");
        assertEquals(position.get("offset"), messages().get(0).get("offset"));
        assertEquals(position.get("epoch"), messages().get(0).get("epoch"));
        assertEquals("denied", messages().get(1).get("outcome").asText());

        gatepost.shell("gatepost:inbox-done --all " + user);
        assertEquals(
                "order-1 from app: stored at T UTC; made done at T by an operator.",
                sentences().get(0));
        JsonNode last =
                owner.get("users/" + user + "/trace?limit=1").expect(200).json();
        assertEquals(1, last.get("messages").size());
        assertEquals("twice", last.at("/messages/0/id").asText());
    }

    @Test
    void whatCameThroughAnAudienceIsToldOfItsMembers() {
        String audience = "traced-" + user;
        String away = Suite.user();
        Caller.ADMINISTRATOR
                .call("PUT", "audiences/" + audience + "/members", "{'users':['" + user + "','" + away + "']}")
                .expect(200);
        String to = "{'audience':'" + audience + "'}";
        try (EventStream stream = EventStream.open(gatepost.wsPort(), owner, "")) {
            publish(to, "news-1");
            stream.message();
            awaitSays("news-1 from app to audience." + audience
                    + ": stored at T UTC; sent at T to A (acknowledges by request), not yet acknowledged.");
        }
        publish(to, "news-2");
        assertEquals(
                "news-2 from app to audience." + audience + ": stored at T UTC; it waits: nobody reads it.",
                sentences().get(1));
        JsonNode ofAway = Caller.ADMINISTRATOR
                .get("users/" + away + "/trace")
                .expect(200)
                .json()
                .get("messages");
        assertEquals(2, ofAway.size(), "what waits tells of itself");
        assertEquals(
                "news-1 from app: stored at T UTC; it waits: nobody reads it.",
                plain(ofAway.get(0).get("sentence").asText()));
    }

    @Test
    void itIsTheSameInTheShellAndSaysNothingOfWhatIsInAMessage() {
        publish("order-1");
        publish("order;2");
        Answer answer = owner.get("users/" + user + "/trace").expect(200);
        List<String> sentences = new ArrayList<>();
        answer.json()
                .get("messages")
                .forEach(message -> sentences.add(message.get("sentence").asText()));
        assertEquals(2, sentences.size());
        assertEquals(
                sentences,
                gatepost.shell("gatepost:message-trace " + user).strip().lines().toList());
        assertTrue(sentences.get(1).startsWith("\"order;2\" from app: "), sentences.get(1));
        String all = answer.text() + gatepost.shell("gatepost:message-trace --json " + user);
        assertFalse(all.contains(BODY), all);
    }

    @Test
    void ofAnInboxThatIsNotTracedNothingIsSaid() {
        gatepost.apply(Suite.BROKER, Map.of("trace.users", "0"));
        try {
            owner.get("users/" + user + "/trace").expect(404);
            Caller.PUBLISHER.get("users/" + user + "/trace").expect(403);
        } finally {
            gatepost.apply(Suite.BROKER, Map.of("trace.users", "1000"));
        }
    }
}
