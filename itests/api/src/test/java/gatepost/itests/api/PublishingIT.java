package gatepost.itests.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Token;
import gatepost.itests.harness.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is published over HTTP is there for STOMP, and what cannot be is told where it is wrong. */
@ExtendWith(Suite.class)
class PublishingIT {

    private final Gatepost gatepost = Suite.gatepost();
    private final String user = Suite.user();

    @Test
    void aMessageArrivesOverStompAsItWasSent() {
        try (StompClient tab = tab(user)) {
            Answer answer = send(
                    "'body':'grüße','contentType':'text/plain','id':'m-1','headers':{'x-kind':'news','n':7}", user);
            JsonNode result = answer.expect(200).json();
            assertEquals(200, result.get("status").asInt());
            ServerFrame message = tab.expect("MESSAGE");
            assertEquals("grüße", message.text());
            assertEquals("text/plain", message.header("content-type"));
            assertEquals("news", message.header("x-kind"));
            assertEquals("7", message.header("n"));
            assertEquals("m-1", message.header("gatepost-id"));
            assertEquals("app", message.header("gatepost-user"));
            assertEquals("true", message.header("persistent"));
            assertEquals(result.at("/results/0/offset").asText(), message.header("gatepost-offset"));
            assertEquals(result.at("/results/0/epoch").asText(), message.header("gatepost-epoch"));
            assertEquals(user, result.at("/results/0/user").asText());
        }
    }

    @Test
    void jsonAndBytesArriveAsTheyAre() {
        try (StompClient tab = tab(user)) {
            send("'body':{'a':[1,'ü']}", user).expect(200);
            ServerFrame json = tab.expect("MESSAGE");
            assertEquals("{\"a\":[1,\"ü\"]}", json.text());
            assertEquals("application/json", json.header("content-type"));
            send("'base64':'AP8Q'", user).expect(200);
            assertArrayEquals(new byte[] {0, -1, 16}, tab.expect("MESSAGE").body());
        }
    }

    /** W3C Trace Context: what a call says is said by its messages, on whatever way they are read. */
    @Test
    void theTraceOfACallGoesOnWithItsMessages() {
        String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        String other = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";
        Caller traced = Caller.PUBLISHER.with("traceparent", parent, "tracestate", "a=1", "TraceState", "b=2");
        try (StompClient tab = tab(user);
                StompClient browser = Transport.WEB_SOCKET.client(gatepost);
                EventStream stream = EventStream.open(gatepost.wsPort(), Caller.user(user), "")) {
            browser.connect(user, Token.of(user, "users", Duration.ofMinutes(5)));
            browser.done(ClientFrame.subscribe("w", "/queue/user." + user));
            assertEquals("begin", stream.next().type());
            String to = "{'to':{'users':['" + user + "']}";
            traced.post("messages", "[" + to + "}," + to + ",'headers':{'traceparent':'" + other + "'}}]")
                    .expect(200);
            for (StompClient each : List.of(tab, browser)) {
                ServerFrame message = each.expect("MESSAGE");
                assertEquals(parent, message.header("traceparent"));
                assertEquals("a=1,b=2", message.header("tracestate"));
                message = each.expect("MESSAGE");
                assertEquals(other, message.header("traceparent"));
                assertNull(message.header("tracestate"));
            }
            JsonNode headers = stream.message().json().get("headers");
            assertEquals(parent, headers.get("traceparent").asText());
            assertEquals("a=1,b=2", headers.get("tracestate").asText());
            assertEquals(
                    other, stream.message().json().at("/headers/traceparent").asText());
            assertEquals(
                    other,
                    Caller.user(user)
                            .get("users/" + user + "/messages")
                            .expect(200)
                            .json()
                            .at("/messages/0/headers/traceparent")
                            .asText());
        }
    }

    @Test
    void aTraceThatIsMalformedIsPassedOver() {
        try (StompClient tab = tab(user)) {
            String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
            for (Caller caller : List.of(
                    Caller.PUBLISHER.with("traceparent", "00-nonsense", "tracestate", "a=1"),
                    Caller.PUBLISHER.with("traceparent", parent, "traceparent", parent),
                    Caller.PUBLISHER.with("tracestate", "a=1"))) {
                caller.publish(user, "x");
                ServerFrame message = tab.expect("MESSAGE");
                assertNull(message.header("traceparent"));
                assertNull(message.header("tracestate"));
            }
            Caller.PUBLISHER
                    .with("traceparent", parent, "tracestate", "a=" + "x".repeat(511))
                    .publish(user, "x");
            ServerFrame message = tab.expect("MESSAGE");
            assertEquals(parent, message.header("traceparent"));
            assertNull(message.header("tracestate"));
        }
    }

    @Test
    void severalUsersGetOneMessageEach() {
        String other = Suite.user();
        JsonNode answer = send("'body':'x'", user, other).expect(200).json();
        assertEquals(
                List.of(user, other),
                List.of(
                        answer.at("/results/0/user").asText(),
                        answer.at("/results/1/user").asText()));
        assertEquals(List.of("x"), waiting(user));
        assertEquals(List.of("x"), waiting(other));
    }

    @Test
    void aThousandMessagesAreOneCallWithAStatusEach() {
        String many = IntStream.range(0, 1000)
                .mapToObj(i -> i == 500
                        ? "{'to':{'users':['" + user + "']},'ttl':0}"
                        : "{'to':{'users':['" + user + "']},'body':'" + i + "'}")
                .collect(Collectors.joining(",", "[", "]"));
        JsonNode answers = Caller.PUBLISHER.post("messages", many).expect(200).json();
        assertEquals(1000, answers.size());
        for (int i = 0; i < 1000; i++) {
            assertEquals(
                    i == 500 ? 422 : 200,
                    answers.get(i).get("status").asInt(),
                    answers.get(i).toString());
        }
        assertEquals(
                "[500].ttl",
                answers.at("/500/results/0/field")
                        .asText(answers.at("/500/field").asText()));
        assertEquals(
                999,
                Caller.user(user)
                        .get("users/" + user)
                        .expect(200)
                        .json()
                        .get("waiting")
                        .asInt());
    }

    @Test
    void oneMoreIsTooMany() {
        String one = "{'to':{'users':['" + user + "']}}";
        String many = (one + ",").repeat(1000) + one;
        Caller.PUBLISHER.post("messages", "[" + many + "]").expect(422);
        String names =
                IntStream.rangeClosed(0, 1000).mapToObj(i -> "'n" + i + "'").collect(Collectors.joining(",", "[", "]"));
        Answer refused = Caller.PUBLISHER
                .post("messages", "{'to':{'users':" + names + "}}")
                .expect(422);
        assertEquals("to", refused.field());
        assertEquals(List.of(), waiting(user));
    }

    @Test
    void manyAreReachedByTheirName() {
        gatepost.shell("gatepost:audience-add publishing " + user);
        JsonNode audience = Caller.PUBLISHER
                .post("messages", "{'to':{'audience':'publishing'},'body':'a'}")
                .expect(200)
                .json();
        assertEquals(1, audience.get("count").asInt());
        assertEquals(0, audience.get("skipped").asInt());
        try (StompClient tab = tab(user)) {
            assertEquals("a", tab.expect("MESSAGE").text());
            JsonNode online = Caller.PUBLISHER
                    .post("messages", "{'to':{'online':true},'body':'o'}")
                    .expect(200)
                    .json();
            assertTrue(online.get("count").asInt() >= 1, online.toString());
            assertEquals("o", tab.expect("MESSAGE").text());
            JsonNode everyone = Caller.PUBLISHER
                    .post("messages", "{'to':{'everyone':true},'body':'e'}")
                    .expect(200)
                    .json();
            assertTrue(everyone.get("count").asInt() >= 5, everyone.toString());
            assertEquals("e", tab.expect("MESSAGE").text());
        }
    }

    @Test
    void withAnIdARetryIsHarmless() {
        JsonNode first = send("'body':'x','id':'r'", user).expect(200).json();
        assertEquals(first, send("'body':'x','id':'r'", user).expect(200).json());
        Answer another = send("'body':'y','id':'r'", user).expect(409);
        assertTrue(another.detail().contains("r was sent before with another body"), another.text());
        assertEquals(List.of("x"), waiting(user));
        // another's id is another message
        Caller.ADMINISTRATOR
                .post("messages", "{'to':{'users':['" + user + "']},'body':'z','id':'r'}")
                .expect(200);
        assertEquals(List.of("x", "z"), waiting(user));
    }

    @Test
    void onceIsOnceAndCollapseTakesThePlace() {
        send("'body':'welcome','once':'w'", user).expect(200);
        send("'body':'welcome again','once':'w'", user).expect(200);
        assertEquals(List.of("welcome"), waiting(user));
        send("'body':'1 of 3','collapse':'p'", user).expect(200);
        send("'body':'2 of 3','collapse':'p'", user).expect(200);
        assertEquals(List.of("welcome", "2 of 3"), waiting(user));
    }

    @Test
    void whatExpiresSaysWhen() {
        long before = System.currentTimeMillis();
        send("'body':'x','ttl':3600", user).expect(200);
        JsonNode message = messages(user).get(0);
        assertTrue(message.get("expires").asLong() >= before + 3_600_000, message.toString());
    }

    @Test
    void whatIsNoHistoryAndWhatIsNotKeptLeaveNothing() {
        try (StompClient tab = tab(user)) {
            JsonNode result = send("'body':'fleeting','persistent':false", user)
                    .expect(200)
                    .json();
            assertNull(result.at("/results/0").get("offset"), result.toString());
            assertEquals("fleeting", tab.expect("MESSAGE").text());
            send("'body':'no history','history':false", user).expect(200);
            assertEquals("no history", tab.expect("MESSAGE").text());
            send("'body':'history'", user).expect(200);
            assertEquals("history", tab.expect("MESSAGE").text());
        }
        assertEquals(List.of("history"), waiting(user));
    }

    @Test
    void aFullInboxRefusesOrSkips() {
        gatepost.apply(Suite.INBOX, Map.of("inbox.messages", "2"));
        try {
            send("'body':'1'", user).expect(200);
            send("'body':'2'", user).expect(200);
            Answer refused = send("'body':'3'", user).expect(429);
            assertNotEquals("", refused.header("retry-after"));
            assertTrue(refused.detail().contains("inbox.messages"), refused.detail());
            JsonNode skipped =
                    send("'body':'3','ifFull':'skip'", user).expect(200).json();
            assertEquals("full", skipped.at("/results/0/refused").asText(), skipped.toString());
            // of several one is taken
            String other = Suite.user();
            JsonNode both = send("'body':'4'", user, other).expect(200).json();
            assertEquals(207, both.get("status").asInt());
            assertEquals(429, both.at("/results/0/status").asInt());
            assertEquals(List.of("4"), waiting(other));
        } finally {
            gatepost.apply(Suite.INBOX, Map.of("inbox.messages", "10000"));
        }
    }

    @Test
    void whoIsNotTrustedHasAQuota() {
        gatepost.apply(Suite.BROKER, Map.of("user.messages", "2"));
        try {
            Caller writer = Caller.basic("writer", "writer");
            writer.publish(user, "1");
            writer.publish(user, "2");
            Answer refused = writer.post("messages", "{'to':{'users':['" + user + "']},'body':'3'}")
                    .expect(429);
            assertTrue(refused.detail().contains("user.messages"), refused.detail());
            Caller.PUBLISHER.publish(user, "4");
        } finally {
            gatepost.apply(Suite.BROKER, Map.of("user.messages", "100000"));
        }
        assertEquals(List.of("1", "2", "4"), waiting(user));
    }

    @Test
    void whatWasSentIsTakenBack() {
        send("'body':'x','id':'w'", user).expect(200);
        Caller.PUBLISHER.call("DELETE", "messages?user=" + user + "&id=w", null).expect(204);
        assertEquals(List.of(), waiting(user));
        Answer again = Caller.PUBLISHER
                .call("DELETE", "messages?user=" + user + "&id=w", null)
                .expect(404);
        assertEquals("id", again.field());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'to':{'users':['{user}']},'ttl':0} | 422 | ttl | ttl is 0: expected a whole number from 1 to",
                "{'to':{'users':['{user}']},'id':'a b'} | 422 | id | id is a b, which cannot be used: expected 1 to 128",
                "{'to':{'users':['{user}']},'boddy':''} | 422 | boddy | boddy is unknown: expected one of base64, body",
                "{'to':{'user':'{user}'}} | 422 | to.user | to.user is unknown: expected one of audience",
                "{'to':{'users':['{user}',7]}} | 422 | to.users[1] | to.users[1] is 7: expected a string",
                "{'to':{'users':['a,b']}} | 422 | to.users | to.users is a,b, which cannot be used: expected a name",
                "{'to':{'users':['']}} | 422 | to.users | to.users is , which cannot be used: expected a name",
                "{'to':{'users':['{user}']},'headers':{'gatepost-user':'x'}} | 422 | headers.gatepost-user | headers.gatepost-user cannot be",
                "{'to':{'users':['{user}']},'persistent':false,'id':'a'} | 422 | '' | gatepost-id",
                "{'to':{'users':['{user}']},'body':'\\ud800'} | 422 | '' | the body has half of a surrogate pair",
                "[] | 422 | '' | the array has 0 messages: expected 1 to 1000",
                "7 | 422 | the body | the body is 7: expected an object",
                "{'to': | 400 | '' | the body is not JSON (RFC 8259): line 1",
                "'' | 400 | '' | the body is empty: expected JSON"
            })
    void whatCannotBeUsedIsNamedWithItsValueAndWhatWasExpected(String body, int status, String field, String detail) {
        Answer refused =
                Caller.PUBLISHER.post("messages", body.replace("{user}", user)).expect(status);
        assertTrue(refused.detail().contains(detail), refused.detail());
        assertEquals(field, refused.field());
        assertEquals(List.of(), waiting(user));
    }

    @Test
    void aBodyIsJsonAndNotTooLarge() {
        int port = gatepost.wsPort();
        String body = "{\"to\":{\"users\":[\"" + user + "\"]}}";
        Caller.PUBLISHER.call(port, "POST", "messages", body, "text/plain").expect(415);
        Caller.PUBLISHER.call(port, "POST", "messages", body, "").expect(415);
        Caller.PUBLISHER.with("Content-Encoding", "gzip").post("messages", body).expect(415);
        Answer large = Caller.PUBLISHER
                .call(port, "POST", "messages", body + " ".repeat(8 << 20), "application/json")
                .expect(413);
        assertEquals("the body of a call may have 8388608 bytes", large.detail());
        // one message is not larger than over STOMP
        Answer message =
                send("'body':'" + "x".repeat((4 << 20) + 1) + "'", user).expect(413);
        assertEquals("a message may have 4194304 bytes", message.detail());
        assertEquals(List.of(), waiting(user));
        Caller.PUBLISHER
                .call(port, "POST", "messages", body, "application/json; charset=utf-8")
                .expect(200);
    }

    private Answer send(String members, String... users) {
        String names = String.join("','", users);
        return Caller.PUBLISHER.post("messages", "{'to':{'users':['" + names + "']}," + members + "}");
    }

    private StompClient tab(String owner) {
        StompClient client = Transport.TCP.client(gatepost);
        client.connect("", Token.of(owner, "users", Duration.ofHours(1)));
        client.done(ClientFrame.subscribe("tab", "/queue/user." + owner));
        return client;
    }

    private static JsonNode messages(String owner) {
        return Caller.user(owner)
                .get("users/" + owner + "/messages?order=oldest&limit=200")
                .expect(200)
                .json()
                .get("messages");
    }

    private static List<String> waiting(String owner) {
        JsonNode messages = messages(owner);
        return IntStream.range(0, messages.size())
                .mapToObj(i -> messages.get(i).get("body").asText())
                .toList();
    }
}
