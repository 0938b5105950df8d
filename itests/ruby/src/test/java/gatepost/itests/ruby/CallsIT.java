package gatepost.itests.ruby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Command;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each call of the gem, and what users see of it. */
@ExtendWith(Suite.class)
class CallsIT {

    private static Application application;

    private final String user = Suite.user();

    @BeforeAll
    static void start() {
        application = new Application(Map.of());
    }

    @AfterAll
    static void end() {
        application.close();
    }

    @Test
    void aTextAHashBytesAndATurboStreamArrive() {
        try (Tab tab = tab(user)) {
            long offset = ask("notify('%s', 'Gr\u00fc\u00dfe', headers: { kind: 'news' }).offset")
                    .asLong();
            ServerFrame text = tab.message();
            assertEquals("Gr\u00fc\u00dfe", text.text());
            assertEquals("text/plain", text.header("content-type"));
            assertEquals("news", text.header("kind"));
            assertEquals("system", text.header("gatepost-user"));
            assertEquals("" + offset, text.header("gatepost-offset"));

            ask("notify('%s', { title: 'Hi', list: [1] }).id");
            ServerFrame json = tab.message();
            assertEquals("{\"title\":\"Hi\",\"list\":[1]}", json.text());
            assertEquals("application/json", json.header("content-type"));

            ask("notify('%s', \"\\xFF\\x00\".b).id");
            assertEquals(2, tab.message().body().length);

            ask("turbo('%s', html: '<b>Hi</b>', target: 'list').id");
            ServerFrame stream = tab.message();
            assertEquals("text/vnd.turbo-stream.html", stream.header("content-type"));
            assertEquals(
                    "<turbo-stream action=\"append\" target=\"list\"><template><b>Hi</b></template></turbo-stream>",
                    stream.text());
        }
    }

    @Test
    void theProgramsOfTheReadmeAndTheGuideNotify() {
        Command.run(Path.of("src/test/ruby"), Suite.environment(), "ruby", "hello.rb");
        Command.run(Path.of("src/test/ruby"), Suite.environment(), "ruby", "tour.rb");
        assertEquals(
                "[\"Maintenance at ten\",\"A new comment\",\"{\\\"title\\\":\\\"Lunch\\\",\\\"url\\\":\\\"/lunch\\\"}\","
                        + "\"Your order is on its way\",\"Hello\"]",
                application.ask("Gatepost.history(42).map(&:body)").toString());
    }

    @Test
    void theSameIdIsTheSameMessageAndOnceIsOnce() {
        JsonNode first = ask("notify('%s', 'x', id: 'order-7').offset");
        assertEquals(first, ask("notify('%s', 'x', id: 'order-7').offset"));
        assertEquals(
                "Gatepost::Conflict",
                refused("notify('%s', 'y', id: 'order-7')").get("error").asText());
        ask("notify('%s', 'welcome', once: 'welcome').id");
        ask("notify('%s', 'welcome again', once: 'welcome').id");
        ask("notify('%s', 'old', collapse: 'build').id");
        ask("notify('%s', 'new', collapse: 'build').id");
        assertEquals(
                "[\"new\",\"welcome\",\"x\"]", ask("history('%s').map(&:body)").toString());
        assertEquals(
                "[\"x\",\"welcome\"]",
                ask("history('%s', order: :oldest, limit: 1).first(2).map(&:body)")
                        .toString());
        assertEquals(3, ask("unread('%s')").asInt());
        assertTrue(ask("withdraw('%s', 'order-7')").asBoolean());
        assertFalse(ask("withdraw('%s', 'order-7')").asBoolean());
        assertEquals(2, ask("unread('%s')").asInt());
    }

    @Test
    void anAudienceOfThreeAndEverybodyAreReachedByOneCall() {
        List<String> members = List.of(Suite.user(), Suite.user(), Suite.user());
        try (Tab first = tab(members.get(0));
                Tab second = tab(members.get(1));
                Tab third = tab(members.get(2));
                Tab none = tab(user)) {
            String audience = "Gatepost.audience('of-" + user + "')";
            String three = "'" + String.join("','", members) + "'";
            assertEquals(3, application.ask(audience + ".add(" + three + ")").asInt());
            assertEquals(
                    3, application.ask(audience + ".notify('to three').count").asInt());
            for (Tab tab : List.of(first, second, third)) {
                assertEquals("to three", tab.message().text());
            }
            assertEquals(
                    1,
                    application
                            .ask(audience + ".remove('" + members.get(2) + "')")
                            .asInt());
            assertEquals(
                    String.join(",", members.subList(0, 2)),
                    application.ask(audience + ".members.to_a.join(',')").asText());
            application.ask(audience + ".notify('to two').count");
            application.ask("Gatepost.everyone.notify('to all').count");
            assertEquals("to two", first.message().text());
            assertEquals("to two", second.message().text());
            for (Tab tab : List.of(first, second, third, none)) {
                assertEquals("to all", tab.message().text());
            }
        }
    }

    @Test
    void whoIsOnLineIsKnown() {
        String other = Suite.user();
        assertFalse(ask("online?('%s')").asBoolean());
        try (Tab tab = tab(user)) {
            assertTrue(tab.client().poll(Duration.ZERO).isEmpty());
            // told by the session's own thread, a moment after its first RECEIPT
            Awaitility.await().until(() -> ask("online?('%s')").asBoolean());
            assertEquals(
                    "[[\"" + user + "\",true,true],[\"" + other + "\",false,false]]",
                    ask("presence(['%s', '" + other + "']).map { |name, one| [name, one.online?, !one.since.nil?] }")
                            .toString());
            assertTrue(ask("online.map(&:user).include?('%s')").asBoolean());
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> !ask("online?('%s')").asBoolean());
    }

    @Test
    void whoIsSignedOutIsOutWithinASecondAndMayComeBackWithANewToken() {
        String old = token(user);
        String bystander = Suite.user();
        try (Tab tab = new Tab(user, old);
                Tab other = tab(bystander)) {
            long begun = System.nanoTime();
            assertTrue(ask("sign_out('%s')").asInt() >= 1);
            assertEquals("ERROR", tab.client().frame(Duration.ofSeconds(1)).command());
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            assertTrue(took.compareTo(Duration.ofSeconds(1)) <= 0, took::toString);

            assertEquals("ERROR", signIn(user, old).command());
            try (Tab again = new Tab(user, token(user))) {
                ask("notify('%s', 'welcome back').id");
                assertEquals("welcome back", again.message().text());
            }
            application.ask("Gatepost.notify('" + bystander + "', 'nothing has happened').id");
            assertEquals("nothing has happened", other.message().text());
        }
    }

    @Test
    void whoIsErasedIsForgotten() {
        ask("notify('%s', 'x').id");
        ask("audience('erasing').add('%s')");
        assertTrue(ask("erase('%s')").asBoolean());
        assertEquals("[]", ask("history('%s').to_a").toString());
        assertEquals("[]", ask("audience('erasing').members.to_a").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "EdDSA", "ES256", "RS256"})
    void aTokenOfTheGemIsTakenWhateverSignsIt(String algorithm) {
        Map<String, String> settings = algorithm.equals("HS256")
                ? Map.of()
                : Map.of(
                        "GATEPOST_SIGNING_KEY",
                        Suite.gems().folder().resolve(algorithm + ".key").toString());
        try (Application signing = new Application(settings)) {
            JsonNode session = signing.ask("Gatepost.session('" + user + "', expires_in: 60)");
            assertEquals(
                    "ws://127.0.0.1:" + Suite.gatepost().wsPort() + "/stomp",
                    session.get("url").asText());
            assertEquals(user, session.get("user").asText());
            ServerFrame connected = signIn(user, session.get("token").asText());
            assertEquals("CONNECTED", connected.command(), connected::toString);
            int left = Integer.parseInt(connected.header("gatepost-expires-in"));
            assertTrue(left > 50 && left <= 60, connected::toString);
        }
    }

    @Test
    void whatIsRefusedIsAnErrorThatSaysWhy() {
        JsonNode invalid = refused("notify('%s', 'x', ttl: -1)");
        assertEquals("Gatepost::Invalid", invalid.get("error").asText());
        assertEquals("ttl", invalid.get("field").asText());
        assertEquals("to.users", refused("notify('a b', 'x')").get("field").asText());

        try (Application alice = new Application(Map.of("GATEPOST_URL", Suite.url("alice", "alice")));
                Application nobody = new Application(Map.of("GATEPOST_URL", Suite.url("alice", "wrong")))) {
            JsonNode denied = alice.refused("Gatepost.notify('" + user + "', 'x')");
            assertEquals("Gatepost::Denied", denied.get("error").asText());
            assertEquals(403, denied.get("status").asInt());
            JsonNode unknown = nobody.refused("Gatepost.notify('" + user + "', 'x')");
            assertEquals("Gatepost::Denied", unknown.get("error").asText());
            assertEquals(401, unknown.get("status").asInt());
        }
    }

    @Test
    void aFullInboxIsFullOrSkipped() {
        Suite.gatepost().apply("gatepost.inbox.cfg", Map.of("inbox.messages", "2"));
        try {
            ask("notify('%s', '1').id");
            ask("notify('%s', '2').id");
            assertEquals(
                    "Gatepost::Full", refused("notify('%s', '3')").get("error").asText());
            assertTrue(ask("notify('%s', '3', if_full: :skip).full?").asBoolean());
            String other = Suite.user();
            assertEquals(
                    "Gatepost::Full",
                    refused("notify(['%s', '" + other + "'], '4')").get("error").asText());
            assertEquals(1, application.ask("Gatepost.unread('" + other + "')").asInt());
        } finally {
            Suite.gatepost().apply("gatepost.inbox.cfg", Map.of("inbox.messages", "10000"));
        }
    }

    @Test
    void namesOfAnyKindReachTheirUsers() {
        for (String name : List.of("a.b.c", "a%2Fb", "100%", "..", "gr\u00fcn-\u00df", "a+b&c=d")) {
            String ruby = "'" + name + "'";
            application.ask("Gatepost.notify(" + ruby + ", 'for you').id");
            assertEquals(
                    "for you",
                    application.ask("Gatepost.history(" + ruby + ").first.body").asText(),
                    name);
            assertEquals(0, application.ask("Gatepost.sign_out(" + ruby + ")").asInt(), name);
            assertFalse(application.ask("Gatepost.online?(" + ruby + ")").asBoolean(), name);
            assertTrue(application.ask("Gatepost.erase(" + ruby + ")").asBoolean(), name);
        }
    }

    /** @param call of Gatepost, with %s where the user stands */
    private JsonNode ask(String call) {
        return application.ask("Gatepost." + call.replace("%s", user));
    }

    private JsonNode refused(String call) {
        return application.refused("Gatepost." + call.replace("%s", user));
    }

    private static String token(String user) {
        return application.ask("Gatepost.token('" + user + "')").asText();
    }

    private static Tab tab(String user) {
        return new Tab(user, token(user));
    }

    private static ServerFrame signIn(String user, String token) {
        try (StompClient client = Transport.WEB_SOCKET.client(Suite.gatepost())) {
            client.send(ClientFrame.of(
                    "CONNECT", "accept-version:1.2", "host:localhost", "login:" + user, "passcode:" + token));
            return client.frame();
        }
    }
}
