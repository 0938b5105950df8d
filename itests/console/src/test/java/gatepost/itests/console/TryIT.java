package gatepost.itests.console;

import static gatepost.itests.console.ConsolePage.assertKeepsToItself;
import static gatepost.itests.console.ConsolePage.open;
import static gatepost.itests.console.ConsolePage.picture;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import gatepost.itests.harness.library.Browser;
import gatepost.itests.harness.library.Json;
import gatepost.itests.harness.library.Page;
import gatepost.itests.harness.library.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page {@code /try}, and what stands behind it. */
@ExtendWith(Suite.class)
class TryIT {

    private static final Path CLIENTS =
            Path.of("..", "..", "clients").toAbsolutePath().normalize();

    @AutoClose
    private static Browser browser;

    private final Web web = Suite.web();

    @BeforeAll
    static void start() {
        browser = Browser.start();
    }

    /** Looks for a message in a pane that has come from outside. */
    private static String find(String pane, String text) {
        return "[...document.querySelectorAll('#" + pane + " .message:not(.own)')]"
                + ".find(e => e.querySelector('.text').textContent == '" + text + "')";
    }

    private static void awaitText(Page page, String pane, String text) {
        page.until(find(pane, text) + " !== undefined");
    }

    private static String note(Page page, String pane, String text) {
        return page.evaluate(find(pane, text) + ".querySelector('.note').textContent")
                .asText();
    }

    @Test
    void theWelcomeIsThereMessagesTravelBothWaysAndOneWaits() {
        // another test may have seen the first one
        Suite.gatepost().shell("gatepost:welcome alice; gatepost:welcome bob");
        try (Page page = open(browser, "/try")) {
            awaitOnline(page);

            awaitText(page, "alice-1", "Welcome, alice!");
            awaitText(page, "alice-2", "Welcome, alice!");
            awaitText(page, "bob", "Welcome, bob!");

            page.type("#alice-1-text", "to bob");
            page.press("Enter");
            awaitText(page, "bob", "to bob");
            assertTrue(note(page, "bob", "to bob").matches("alice, [\\d:]{8}"), note(page, "bob", "to bob"));

            page.type("#bob-text", "<b>back</b>");
            page.press("Enter");
            awaitText(page, "alice-1", "<b>back</b>");
            awaitText(page, "alice-2", "<b>back</b>");

            close(page, "bob");
            page.type("#alice-2-text", "while away");
            page.press("Enter");
            page.until("document.querySelector('#bob .missed').textContent == 'A message waits in /queue/user.bob'");
            picture(page, "try");
            page.click("#bob .door");
            awaitText(page, "bob", "while away");
            assertTrue(
                    note(page, "bob", "while away").matches("alice, waited \\d+ s"), note(page, "bob", "while away"));

            // what was shown and waits no more is in no tab's own memory
            page.reload();
            awaitOnline(page);
            for (String text : List.of("Welcome, bob!", "to bob", "while away")) {
                awaitText(page, "bob", text);
            }
            awaitText(page, "alice-1", "<b>back</b>");
            assertTrue(page.evaluate("[...document.querySelectorAll('#bob .message')].map(e => e.at)"
                            + ".every((at, i, all) => i == 0 || all[i - 1] <= at)")
                    .asBoolean());
            assertKeepsToItself(page);
        }
    }

    @Test
    void aSecondVisitSaysWhatIsLeftToTry() {
        try (Page page = open(browser, "/try")) {
            awaitOnline(page);
            page.evaluate("document.getElementById('again').click()");
            assertEquals("write", next(page));
            page.type("#bob-text", "step one");
            page.press("Enter");
            awaitText(page, "alice-1", "step one");
            page.until("document.querySelector('[aria-current]').dataset.step == 'read'");
            page.evaluate(find("alice-1", "step one") + ".firstChild.click()");
            page.until("!" + find("alice-2", "step one") + ".classList.contains('unread')");
            assertEquals("wait", next(page));

            page.reload();
            awaitOnline(page);
            assertEquals("wait", next(page));
            assertEquals(
                    "Welcome back. The inboxes have kept their messages; go on with what is not ticked.",
                    page.evaluate("document.getElementById('next').textContent").asText());
            picture(page, "try-again");

            close(page, "bob");
            page.type("#alice-1-text", "step three");
            page.press("Enter");
            page.until("document.querySelector('#bob .missed').textContent != ''");
            page.click("#bob .door");
            page.until("document.querySelector('[aria-current]').dataset.step == 'publish'");
            Suite.gatepost().shell("gatepost:message-send user.alice 'from my own code'");
            page.until("document.getElementById('next').textContent.startsWith('That was all of it.')");
        }
    }

    private static String next(Page page) {
        return page.evaluate("document.querySelector('[aria-current]').dataset.step")
                .asText();
    }

    @Test
    void onAPhoneCodeAndChatStandTogether() {
        try (Page page = open(browser, "/try")) {
            awaitOnline(page);
            page.look(ConsolePage.PHONE, "light");
            // from the head of a tab to the code that it runs
            page.until("document.getElementById('javascript').getBoundingClientRect().top"
                    + " - document.getElementById('bob').getBoundingClientRect().top < 640");
            page.type("#bob-text", "from a phone");
            page.press("Enter");
            awaitText(page, "alice-1", "from a phone");
        }
    }

    @Test
    void eachSeesWhetherTheOtherIsOnLineAndSinceWhen() {
        Suite.gatepost().apply("gatepost.presence.cfg", Map.of("presence.grace", "1"));
        try (Page page = open(browser, "/try")) {
            awaitOnline(page);
            awaitPresence(page, "alice-1", "bob is on line since");
            awaitPresence(page, "alice-2", "bob is on line since");
            awaitPresence(page, "bob", "alice is on line since");

            close(page, "bob");
            awaitPresence(page, "alice-1", "bob is away since");
            awaitPresence(page, "alice-2", "bob is away since");
            picture(page, "try-away");
            page.click("#bob .door");
            awaitPresence(page, "alice-1", "bob is on line since");

            // a user is on line as long as one of the tabs is there
            close(page, "alice-1");
            close(page, "bob");
            awaitPresence(page, "alice-2", "bob is away since");
            page.click("#bob .door");
            awaitPresence(page, "bob", "alice is on line since");
            close(page, "alice-2");
            awaitPresence(page, "bob", "alice is away since");
            assertKeepsToItself(page);
        } finally {
            Suite.gatepost().apply("gatepost.presence.cfg", Map.of("presence.grace", "15"));
        }
    }

    /** Waits until each tab has its inbox. */
    private static void awaitOnline(Page page) {
        page.until("document.querySelectorAll('.connection.on').length == 3");
    }

    private static void awaitPresence(Page page, String pane, String text) {
        page.until("/^" + text + " [\\d:]{8}$/.test(document.querySelector('#" + pane + " .presence').textContent)");
    }

    private static void close(Page page, String pane) {
        page.click("#" + pane + " .door");
        page.until("document.querySelector('#" + pane + " .connection').textContent == 'away'");
    }

    @Test
    void whatIsReadInOneTabOfAliceIsReadInBothAndATabThatIsOpenedAgainKnowsIt() {
        try (Page page = open(browser, "/try")) {
            awaitOnline(page);
            sendToAlice(page, "the last of what was before");
            page.click("#alice-1 .read-all");
            awaitUnread(page, 0);
            for (String text : List.of("first", "second", "third")) {
                sendToAlice(page, text);
            }
            awaitUnread(page, 3);
            picture(page, "try-unread");

            page.click("#alice-2 .badge");
            for (String pane : List.of("alice-1", "alice-2")) {
                page.until("document.querySelector('#" + pane + " .badge').hidden");
            }
            awaitUnread(page, 3);

            page.run(find("alice-1", "second") + ".querySelector('button').focus()");
            page.press("Enter");
            awaitUnread(page, 2);
            for (String pane : List.of("alice-1", "alice-2")) {
                page.until("!" + find(pane, "second") + ".classList.contains('unread')");
            }
            assertEquals(
                    "second",
                    page.evaluate("document.activeElement.textContent").asText(),
                    "the keyboard is where it was");

            close(page, "alice-2");
            page.run(find("alice-1", "first") + ".querySelector('button').click()");
            page.until(unread("alice-1") + " == 1");
            page.type("#bob-text", "fourth");
            page.press("Enter");
            page.until("document.querySelector('#alice-2 .missed').textContent"
                    + " == 'A message came meanwhile in /queue/user.alice'");
            page.click("#alice-2 .door");
            awaitText(page, "alice-2", "fourth");
            awaitUnread(page, 2);
            page.until("document.querySelector('#alice-2 .badge').textContent == '1 new'");
            assertTrue(note(page, "alice-2", "fourth").matches("bob, [\\d:]{8}"), note(page, "alice-2", "fourth"));

            page.click("#alice-2 .read-all");
            awaitUnread(page, 0);
            assertKeepsToItself(page);
        }
    }

    private static void sendToAlice(Page page, String text) {
        page.type("#bob-text", text);
        page.press("Enter");
        awaitText(page, "alice-1", text);
        awaitText(page, "alice-2", text);
    }

    /** How many messages a pane shows as unread. */
    private static String unread(String pane) {
        return "document.querySelectorAll('#" + pane + " .message.unread').length";
    }

    /** Waits until both tabs of alice show so many unread messages, and say so. */
    private static void awaitUnread(Page page, int count) {
        for (String pane : List.of("alice-1", "alice-2")) {
            page.until(unread(pane) + " == " + count);
            page.until("document.querySelector('#" + pane + " .count').textContent == '"
                    + (count == 0 ? "" : count + " unread") + "'");
        }
    }

    @Test
    void theCodeToCopyIsWhatThePageRunsAndRubyAndACallThatWorkHere(@TempDir Path folder) throws IOException {
        try (Page page = open(browser, "/try")) {
            awaitOnline(page);
            String script = web.get("/try/inbox.js").body();
            assertEquals(script, code(page, "javascript"));
            assertTrue(page.requests().stream().anyMatch(request -> request.endsWith("/try/inbox.js")));
            // it beats from a worker, which trusted types would forbid
            assertTrue(page.requests().stream().anyMatch(request -> request.endsWith("/lib/client-worker.js")));
            assertTrue(script.lines().count() <= 25, script);
            assertEquals(
                    Files.readString(CLIENTS.resolve("javascript/dist/client.js")),
                    web.get("/lib/client.js").body());

            Path ruby = Files.writeString(folder.resolve("publish.rb"), code(page, "ruby"));
            Path call = Files.writeString(folder.resolve("call.sh"), code(page, "curl"));
            run(folder, "ruby", "-I", CLIENTS.resolve("ruby/lib").toString(), ruby.toString());
            run(folder, "sh", "-e", call.toString());
            for (String text : List.of("Hello from Ruby", "Hello from curl")) {
                for (String pane : List.of("alice-1", "alice-2")) {
                    awaitText(page, pane, text);
                    assertTrue(note(page, pane, text).startsWith("app, "), note(page, pane, text));
                }
            }
        }
    }

    private static String code(Page page, String id) {
        page.until("document.getElementById('" + id + "').textContent.length > 0");
        return page.evaluate("document.getElementById('" + id + "').textContent")
                .asText();
    }

    private static void run(Path folder, String... command) {
        try (Program program = Program.start(folder, Map.of(), List.of(command))) {
            program.finish();
        }
    }

    @Test
    void switchedOffThereIsNothing() {
        Suite.gatepost().apply("gatepost.console.cfg", Map.of("try", "false"));
        try {
            assertNothingThere();
        } finally {
            Suite.gatepost().apply("gatepost.console.cfg", Map.of("try", "true"));
        }
        assertEquals(200, web.get("/try").statusCode());
    }

    @Test
    void forAnybodyWhoIsNotOnThisMachineThereIsNothing() {
        assertNothingThere("X-Forwarded-For", "192.0.2.7");
        assertNothingThere("Forwarded", "for=192.0.2.7");
        Suite.gatepost().apply("gatepost.console.cfg", Map.of("hosts", "console.example"));
        try {
            assertEquals(200, web.get("/", "Host", "console.example").statusCode());
            assertNothingThere("Host", "console.example", "Origin", "http://console.example");
        } finally {
            Suite.gatepost().apply("gatepost.console.cfg", Map.of("hosts", ""));
        }
    }

    private void assertNothingThere(String... headers) {
        for (String path : List.of("/try", "/try/", "/try/try.html", "/try/try.js", "/try/inbox.js")) {
            assertEquals(404, web.get(path, headers).statusCode(), path);
        }
        for (String path : List.of("/try/token", "/try/message")) {
            String[] withOrigin = List.of(headers).contains("Origin") ? headers : with(headers, "Origin", web.origin());
            assertEquals(
                    404,
                    web.request("POST", path, "{\"user\":\"alice\"}", withOrigin)
                            .statusCode(),
                    path);
        }
    }

    private static String[] with(String[] headers, String name, String value) {
        String[] more = Arrays.copyOf(headers, headers.length + 2);
        more[headers.length] = name;
        more[headers.length + 1] = value;
        return more;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"user\":\"system\"}",
                "{\"user\":\"gatepost-console-page\"}",
                "{\"user\":\"\"}",
                "{}",
                "[]",
                "no",
                ""
            })
    void thereAreTokensForTheTwoOnly(String request) {
        assertEquals(400, web.post("/try/token", request).statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"from\":\"alice\",\"to\":\"system\",\"text\":\"x\"}",
                        "{\"from\":\"alice\",\"to\":\"alice\",\"text\":\"x\"}",
                "{\"from\":\"system\",\"to\":\"alice\",\"text\":\"x\"}",
                        "{\"from\":\"alice\",\"to\":\"bob,admin\",\"text\":\"x\"}",
                "{\"from\":\"alice\",\"to\":\"bob\",\"text\":\" \"}", "{\"from\":\"alice\",\"to\":\"bob\"}"
            })
    void messagesGoFromOneOfTheTwoToTheOtherOnly(String request) {
        assertEquals(400, web.post("/try/message", request).statusCode());
    }

    @Test
    void aTextThatIsTooLongIsRefused() {
        String message = "{\"from\":\"alice\",\"to\":\"bob\",\"text\":\"" + "x".repeat(1001) + "\"}";
        assertEquals(400, web.post("/try/message", message).statusCode());
    }

    @Test
    void whoHasChangedTheirPasswordNeedNotFearThePage() throws IOException {
        assertEquals(200, web.post("/try/token", "{\"user\":\"bob\"}").statusCode());
        String users = Files.readString(Suite.gatepost().etc("gatepost.users.properties"));
        Suite.gatepost()
                .awaitLog(
                        "users or keys were read again",
                        () -> Suite.gatepost()
                                .write("gatepost.users.properties", users.replace("bob = bob", "bob = changed")));
        try {
            assertEquals(409, web.post("/try/token", "{\"user\":\"bob\"}").statusCode());
        } finally {
            Suite.gatepost()
                    .awaitLog(
                            "users or keys were read again",
                            () -> Suite.gatepost().write("gatepost.users.properties", users));
        }
    }

    @Test
    void aliceSeesWhetherBobIsOnLineByThePagesTokenOnly() {
        String topic = "/topic/gatepost.presence.";
        String token = Json.read(web.post("/try/token", "{\"user\":\"alice\"}").body())
                .get("token")
                .asText();
        try (StompClient page = Transport.TCP.client(Suite.gatepost().stompPort())) {
            page.connect("alice", token);
            page.done(ClientFrame.subscribe("1", topic + "bob"));
            assertEquals(
                    "Denied: read topic://gatepost.presence.dora",
                    page.request(ClientFrame.subscribe("2", topic + "dora")).header("message"));
        }
        for (String[] other : new String[][] {{"alice", "alice"}, {"dora", "secret"}}) {
            try (StompClient client = Transport.TCP.client(Suite.gatepost().stompPort())) {
                client.connect(other[0], other[1]);
                assertEquals(
                        "Denied: read topic://gatepost.presence.bob",
                        client.request(ClientFrame.subscribe("1", topic + "bob"))
                                .header("message"));
            }
        }
    }

    @Test
    void theApplicationsAccountWritesToTheTwoAndNobodyKnowsItsSecret() {
        try (StompClient client = Transport.TCP.client(Suite.gatepost().stompPort())) {
            client.send(ClientFrame.of(
                    "CONNECT", "accept-version:1.2", "host:localhost", "login:gatepost-try", "passcode:gatepost-try"));
            client.expect("ERROR");
        }
        String answer = web.post("/try/token", "{\"user\":\"alice\"}").body();
        assertFalse(Suite.gatepost().log().contains(answer.replaceAll(".*\"token\":\"([^\"]+)\".*", "$1")));
    }
}
