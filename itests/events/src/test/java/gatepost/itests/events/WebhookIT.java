package gatepost.itests.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.library.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a receiver is told, and what operators see of it. */
@ExtendWith(Suite.class)
class WebhookIT {

    private static final String TRACE = "traceparent:00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String OTHER = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private final Gatepost gatepost = Suite.gatepost();
    private final Receiver receiver = new Receiver();

    private void webhook(String events, Map<String, String> more) {
        Suite.webhook(gatepost, "app", receiver, events, more);
    }

    @AfterEach
    void remove() {
        Suite.remove(gatepost, "app");
        receiver.close();
    }

    private String list() {
        return gatepost.shell("gatepost:webhook-list --json");
    }

    @Test
    void eachKindOfEventIsToldWithItsFactsAndSigned() throws Exception {
        webhook("user.online, user.offline, session.opened, session.closed, message.done, message.expired", Map.of());
        Users.publish(gatepost, "w1", "one", "gatepost-id:order-17", TRACE, "tracestate:a=1");
        Users.publish(gatepost, "w1", "two", "traceparent:nonsense", "expires:" + (System.currentTimeMillis() + 1500));
        Users.acknowledge(gatepost, "w1", 1);
        for (String type : List.of(
                "session.opened", "user.online", "message.done", "session.closed", "user.offline", "message.expired")) {
            receiver.await(type, "w1");
        }
        Call opened = receiver.await("session.opened", "w1");
        assertEquals("stomp", opened.data("connector").asText());
        assertEquals(
                opened.data("session"), receiver.await("session.closed", "w1").data("session"));
        Call done = receiver.await("message.done", "w1");
        assertEquals("order-17", done.data("id").asText());
        assertEquals("/queue/user.w1", done.data("destination").asText());
        assertEquals(TRACE, "traceparent:" + done.data("traceparent").asText());
        assertEquals("a=1", done.data("tracestate").asText());
        assertTrue(receiver.await("message.expired", "w1").data("traceparent").isMissingNode());
        assertTrue(done.data("offset").asLong() > 0);
        assertTrue(Math.abs(done.at() - Long.parseLong(done.timestamp()) * 1000) < 60_000);
        assertTrue(done.json().get("timestamp").asText().matches("20\\d\\d-.*T.*\\.\\d{3}Z"));
        Signatures.verify(Suite.SECRET, receiver.of("w1"));
        assertEquals(
                receiver.of("w1").size(),
                receiver.of("w1").stream().map(Call::id).distinct().count());
    }

    @Test
    void gatepostsOwnAccountsAreNobody() {
        webhook("session.opened, user.online", Map.of());
        Users.publish(gatepost, "w2", "by an administrator, who is a user");
        receiver.await("session.opened", "system");
        assertTrue(receiver.calls().stream().noneMatch(call -> call.user().startsWith("gatepost")));
    }

    @Test
    void whileASecretIsRotatedBothVerifyAndThenTheNewOne() {
        webhook("session.opened", Map.of("secret", OTHER + " " + Suite.SECRET));
        Users.signedIn(gatepost, "w3").close();
        receiver.await("session.opened", "w3");
        Signatures.verify(Suite.SECRET, receiver.of("w3"));
        Signatures.verify(OTHER, receiver.of("w3"));
        gatepost.apply(Suite.file("app"), Map.of("secret", OTHER));
        Users.signedIn(gatepost, "w3b").close();
        Signatures.verify(OTHER, List.of(receiver.await("session.opened", "w3b")));
    }

    @Test
    void aSecretComesFromAFileAndAChangeOfItCounts() {
        gatepost.write("keys/hook.secret", Suite.SECRET + "\n");
        webhook("session.opened", Map.of("secret", "file:etc/keys/hook.secret"));
        Users.signedIn(gatepost, "w4").close();
        Signatures.verify(Suite.SECRET, List.of(receiver.await("session.opened", "w4")));
        gatepost.awaitLog(
                "etc/" + Suite.file("app") + " is in force", () -> gatepost.write("keys/hook.secret", OTHER + "\n"));
        Users.signedIn(gatepost, "w4b").close();
        Signatures.verify(OTHER, List.of(receiver.await("session.opened", "w4b")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "url | http://192.0.2.1/hook | http goes to this machine only",
                "secret | whsec_AAAA | expected 24 to 64 bytes",
                "events | message.read | there is no message.read, expected some of user.online",
                "after | 0 | expected a whole number",
                "retries | 3 | unknown key"
            })
    void whatCannotBeUsedIsRefusedAndTheLastGoodOneStays(String key, String value, String why) {
        webhook("session.opened", Map.of());
        assertTrue(gatepost.applyRefused(Suite.file("app"), Map.of(key, value)).contains(why));
        Users.signedIn(gatepost, "w5" + key).close();
        receiver.await("session.opened", "w5" + key);
    }

    @Test
    void aRedirectIsNotFollowedAndTriedAgain() {
        receiver.answersWith(Map.of("Location", receiver.url() + "/elsewhere"));
        receiver.answers(call -> receiver.calls().isEmpty() ? 307 : 204);
        webhook("session.opened", Map.of());
        Users.signedIn(gatepost, "w6").close();
        receiver.await("it is told again", call -> call.user().equals("w6") && call.isTaken());
        assertTrue(receiver.calls().stream().noneMatch(call -> call.path().contains("elsewhere")));
        assertEquals(1, receiver.of("w6").stream().map(Call::id).distinct().count());
    }

    @Test
    void goneStopsItUntilAnOperatorSendsAgainThroughAStart() {
        receiver.answers(call -> 410);
        webhook("session.opened", Map.of());
        Users.signedIn(gatepost, "w7").close();
        Awaitility.await().until(() -> list().contains("\"state\" : \"stopped\""));
        receiver.answers(call -> 204);
        gatepost.restart();
        Awaitility.await().until(() -> list().contains("\"state\" : \"stopped\""));
        Users.signedIn(gatepost, "w7b").close();
        gatepost.awaitStatus("app\\s+stopped\\s+2");
        assertEquals(1, receiver.calls().size());
        String shown = gatepost.shell("gatepost:webhook-show --no-format app");
        assertTrue(shown.contains("w7") && shown.contains("w7b"), shown);
        gatepost.shell("gatepost:webhook-send app");
        receiver.await("the first again", call -> call.user().equals("w7") && call.isTaken());
        receiver.await("session.opened", "w7b");
        Awaitility.await().until(() -> list().contains("\"pending\" : 0"));
    }

    @Test
    void operatorsSeeWhatIsPendingAndWhy() throws Exception {
        receiver.answers(call -> 500);
        webhook("session.opened", Map.of());
        Users.signedIn(gatepost, "w8").close();
        receiver.await("session.opened", "w8");
        Awaitility.await()
                .until(() -> gatepost.shell("gatepost:webhook-show --json app"), text -> text.contains("status 500"));
        var event =
                Json.read(gatepost.shell("gatepost:webhook-show --json app")).get(0);
        assertEquals(receiver.of("w8").get(0).id(), event.get("id").asText());
        assertEquals("w8", event.get("user").asText());
        assertTrue(event.get("tries").asInt() >= 1);
        assertTrue(gatepost.shell("gatepost:status --no-format").contains("status 500"));
        Awaitility.await().until(() -> metrics().contains("gatepost_events_pending{subscriber=\"app\"} 1.0"));
        receiver.answers(call -> 204);
        gatepost.shell("gatepost:webhook-send --user w8 app");
        receiver.await("it is taken", call -> call.user().equals("w8") && call.isTaken());
        assertTrue(Files.readString(gatepost.home().resolve("data/log/audit.log"))
                .contains("action=\"webhook-send\" on=\"app for w8\""));
    }

    @Test
    void whatIsPendingGoesWithItsUser() {
        receiver.answers(call -> 500);
        webhook("session.opened", Map.of());
        Users.signedIn(gatepost, "w9").close();
        receiver.await("session.opened", "w9");
        gatepost.shell("gatepost:user-erase --yes w9");
        receiver.answers(call -> 204);
        gatepost.shell("gatepost:webhook-send app");
        Awaitility.await().until(() -> list().contains("\"pending\" : 0"));
        assertEquals(List.of(), receiver.taken("w9"));
    }

    @Test
    void noSecretAndNoQueryIsInALog() throws Exception {
        webhook("session.opened", Map.of());
        try (StompClient user = Users.signedIn(gatepost, "w10")) {
            receiver.await("session.opened", "w10");
        }
        gatepost.applyRefused(Suite.file("app"), Map.of("secrt", OTHER));
        gatepost.apply(Suite.file("app"), Collections.singletonMap("secrt", null));
        gatepost.applyRefused(Suite.file("app"), Map.of("url", "ftp://a.example.com/?key=not-to-be-logged"));
        gatepost.apply(Suite.file("app"), Map.of("url", receiver.url()));
        try (Stream<Path> logs = Files.walk(gatepost.home().resolve("data/log"))) {
            for (Path log : logs.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(log);
                assertFalse(text.contains(Suite.SECRET.substring(6)), log::toString);
                assertFalse(text.contains("whsec_AAAAAA"), log::toString);
                assertFalse(text.contains("not-to-be-logged"), log::toString);
            }
        }
        assertFalse(list().contains("not-to-be-logged"));
    }

    private String metrics() throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gatepost.httpPort() + "/metrics"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }
}
