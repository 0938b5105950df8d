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
            page.until("document.querySelectorAll('.state.on').length == 3");

            awaitText(page, "alice-1", "Welcome, alice!");
            awaitText(page, "alice-2", "Welcome, alice!");
            awaitText(page, "bob", "Welcome, bob!");

            page.type("#alice-1-text", "to bob");
            page.press("Enter");
            awaitText(page, "bob", "to bob");
            assertEquals("alice", note(page, "bob", "to bob"));

            page.type("#bob-text", "<b>back</b>");
            page.press("Enter");
            awaitText(page, "alice-1", "<b>back</b>");
            awaitText(page, "alice-2", "<b>back</b>");

            page.click("#bob .door");
            page.until("document.querySelector('#bob .state').textContent == 'away'");
            page.type("#alice-2-text", "while away");
            page.press("Enter");
            page.until("document.querySelector('#bob .missed').textContent == 'A message waits in /queue/user.bob'");
            picture(page, "try");
            page.click("#bob .door");
            awaitText(page, "bob", "while away");
            assertTrue(
                    note(page, "bob", "while away").matches("alice, waited \\d+ s"), note(page, "bob", "while away"));
            assertKeepsToItself(page);
        }
    }

    @Test
    void whatIsReadInOneTabOfAliceIsReadInBothAndATabThatIsOpenedAgainKnowsIt() {
        try (Page page = open(browser, "/try")) {
            page.until("document.querySelectorAll('.state.on').length == 3");
            sendToAlice(page, "the last of what was before");
            page.click("#alice-1 .read-all");
            awaitUnread(page, 0);
            for (String text : List.of("first", "second", "third")) {
                sendToAlice(page, text);
            }
            awaitUnread(page, 3);
            picture(page, "try-unread");

            page.run(find("alice-1", "second") + ".querySelector('button').focus()");
            page.press("Enter");
            awaitUnread(page, 2);
            for (String pane : List.of("alice-1", "alice-2")) {
                page.until("!" + find(pane, "second") + ".classList.contains('unread')");
            }

            page.click("#alice-2 .door");
            page.until("document.querySelector('#alice-2 .state').textContent == 'away'");
            page.run(find("alice-1", "first") + ".querySelector('button').click()");
            page.until(unread("alice-1") + " == 1");
            page.type("#bob-text", "fourth");
            page.press("Enter");
            page.until("document.querySelector('#alice-2 .missed').textContent"
                    + " == 'A message came meanwhile in /queue/user.alice'");
            page.click("#alice-2 .door");
            awaitText(page, "alice-2", "fourth");
            awaitUnread(page, 2);
            assertTrue(note(page, "alice-2", "fourth").matches("bob, \\d+ s ago"), note(page, "alice-2", "fourth"));

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
            page.until("[...document.querySelectorAll('#" + pane
                    + " .badge')].map(e => e.hidden ? '' : e.textContent) == '" + (count == 0 ? "" : count + " unread")
                    + "'");
        }
    }

    @Test
    void theCodeToCopyIsWhatThePageRunsAndRubyThatWorksHere(@TempDir Path folder) throws IOException {
        String ruby;
        try (Page page = open(browser, "/try")) {
            page.until("document.getElementById('ruby').textContent.length > 0");
            assertEquals(
                    web.get("/try/inbox.js").body(),
                    page.evaluate("document.getElementById('javascript').textContent")
                            .asText());
            ruby = page.evaluate("document.getElementById('ruby').textContent").asText();
            page.until("document.querySelectorAll('.state.on').length == 3");

            Path script = Files.writeString(folder.resolve("publish.rb"), ruby);
            try (Program program = Program.start(folder, Map.of(), List.of("ruby", script.toString()))) {
                assertEquals("alice has it, or will find it", program.line());
                program.finish();
            }
            for (String pane : List.of("alice-1", "alice-2")) {
                awaitText(page, pane, "Hello from Ruby");
                assertEquals("the application", note(page, pane, "Hello from Ruby"));
            }
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
        for (String path : List.of("/try", "/try/", "/try/try.html", "/try/try.js", "/try/publish.rb")) {
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
