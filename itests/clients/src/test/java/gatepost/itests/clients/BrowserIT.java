package gatepost.itests.clients;

import static gatepost.itests.harness.ClientFrame.send;
import static gatepost.itests.harness.ClientFrame.subscribe;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Command;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import gatepost.itests.harness.library.Browser;
import gatepost.itests.harness.library.Library;
import gatepost.itests.harness.library.Page;
import gatepost.itests.harness.library.Ruby;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Both libraries for browsers, in Chromium: every kind of body, heart-beats, acknowledgements and refusals. */
@ExtendWith(Suite.class)
class BrowserIT {

    private static final String INBOX = "/queue/app.inbox";
    private static final String UNICODE = "Grüße, Ελλάδα, 你好, \uD83C\uDF89\uD83D\uDC69\u200D\uD83D\uDE80";
    private static final int MEBIBYTE = 1 << 20;

    private final Gatepost gatepost = Suite.gatepost();
    private final Browser browser = Suite.browser();

    @ParameterizedTest
    @EnumSource
    void whatTheBrowserSendsReachesARubySubscriber(Library library) {
        try (Ruby ruby = Ruby.subscriber(Ruby.Settings.of(gatepost.stompPort()), INBOX, "client-individual");
                Page page = signIn(library, "alice")) {
            page.run("session.send('" + INBOX + "', '" + UNICODE
                    + "', { 'content-type': 'text/plain', colour: 'blue' })");

            Ruby.Received message = ruby.message();
            assertEquals(UNICODE, message.text());
            assertEquals("blue", message.headers().get("colour"));
            page.assertSound();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatRubyPublishesReachesTheBrowser(Library library) {
        try (Page page = subscribed(library, "alice", "")) {
            Ruby.publishAll(gatepost.stompPort(), "/queue/user.alice", "one", UNICODE, "");

            page.until("session.received.length == 3");
            assertEquals(
                    "[\"one\",\"" + UNICODE + "\",\"\"]",
                    page.evaluate("session.received.map(message => message.body)")
                            .toString());
            page.assertSound();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "STOMPJS_2,",
        "STOMPJS_7,",
        "STOMPJS_7,'options: { splitLargeFrames: true, maxWebSocketChunkSize: 8192 }'"
    })
    void framesOfEverySizeArriveWhole(Library library, String options) {
        try (StompClient app = signedInApp();
                Page page = library.signIn(browser, gatepost.wsPort(), "alice", options == null ? "" : options)) {
            for (int size : new int[] {16_000, 16_384, 16_385, 40_000, MEBIBYTE}) {
                page.run("session.send('" + INBOX + "', bytes.text(" + size + "))");
                assertEquals(
                        Body.sha256(Body.text(size)),
                        Body.sha256(app.expect("MESSAGE").body()),
                        () -> size + " bytes");
            }
            page.assertSound();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMessageOfAMebibyteReachesTheBrowserWhole(Library library) {
        try (StompClient app = signedInApp();
                Page page = subscribed(library, "alice", "")) {
            app.done(send("/queue/user.alice", Body.text(MEBIBYTE)));

            page.until("session.received.length == 1");
            assertEquals(
                    Body.sha256(Body.text(MEBIBYTE)),
                    page.evaluate("bytes.sha256(session.received[0].body)").asText());
        }
    }

    @ParameterizedTest
    @CsvSource({"STOMPJS_2, 1", "STOMPJS_7, 0"}) // the old library ends a frame at its first NUL
    void aBodyThatIsNoTextReachesTheBrowserByteForByte(Library library, int first) {
        try (StompClient app = signedInApp();
                Page page = subscribed(library, "alice", "")) {
            app.done(ClientFrame.of("SEND", "destination:/queue/user.alice").content(Body.bytesFrom(first)));

            page.until("session.received.length == 1");
            JsonNode bytes = page.evaluate("session.lastBytes()");
            assertEquals(256 - first, bytes.size());
            for (int i = 0; i < bytes.size(); i++) {
                assertEquals(first + i, bytes.get(i).asInt());
            }
        }
    }

    @Test
    void aBodyThatIsNoTextComesFromTheBrowserByteForByte() {
        try (StompClient app = signedInApp();
                Page page = signIn(Library.STOMPJS_7, "alice")) {
            page.run("session.send('" + INBOX + "', Uint8Array.from({ length: 256 }, (_, i) => i))");

            assertArrayEquals(Body.bytesFrom(0), app.expect("MESSAGE").body());
        }
    }

    @Test
    void aHeaderOfAnyTextSurvivesTheWayThere() {
        try (StompClient app = signedInApp();
                Page page = subscribed(Library.STOMPJS_7, "alice", "")) {
            page.run("session.send('" + INBOX + "', '', { name: 'c\\\\d\\r\\n:" + UNICODE + "' })");

            ServerFrame message = app.expect("MESSAGE");
            assertEquals("c\\d\r\n:" + UNICODE, message.header("name"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void heartBeatsGoBothWays(Library library) {
        try (Page page = library.signIn(browser, gatepost.wsPort(), "alice", "heartbeat: [400, 400]")) {
            page.until("session.beats.sent >= 3 && session.beats.received >= 3");
            assertEquals("", page.evaluate("session.closed").asText());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBrowserThatFallsSilentIsSignedOut(Library library) {
        try (Page page = library.signIn(browser, gatepost.wsPort(), "alice", "heartbeat: [400, 400]")) {
            page.run("session.fallSilent()");
            page.until("session.closed");
            assertTrue(page.evaluate("session.errors[0]").asText().startsWith("nothing was received within 800 ms"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBrowserNoticesABrokerThatFallsSilent(Library library) {
        try (Page page = library.signIn(browser, gatepost.wsPort(), "alice", "heartbeat: [400, 400]")) {
            signal("STOP");
            try {
                page.until("session.noticed");
            } finally {
                signal("CONT");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatABrowserHasNotAcknowledgedComesAgain(Library library) {
        try (StompClient app = signedInApp()) {
            for (String text : new String[] {"one", "two", "three"}) {
                app.done(send("/queue/user.bob", text));
            }
        }
        try (Page page = subscribed(library, "bob", "ack: 'client-individual'")) {
            page.until("session.received.length == 3");
            page.run("session.acknowledge(1)");
        }
        try (Page page = subscribed(library, "bob", "ack: 'client-individual'")) {
            page.until("session.received.length == 2");
            assertEquals(
                    "[\"one\",\"three\"]",
                    page.evaluate("session.received.map(message => message.body)")
                            .toString());
            assertEquals(
                    "true",
                    page.evaluate("session.received[0].headers.redelivered").asText());
            page.run("session.acknowledge(0)");
            page.run("session.acknowledge(1)");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWrongPasscodeIsRefusedWithAReason(Library library) {
        try (Page page = library.open(browser)) {
            page.run(Library.connect(gatepost.wsPort(), "alice", "wrong", "") + ".catch(() => null)");
            page.until("session.closed");
            assertFalse(page.evaluate("session.errors[0]").asText().isBlank());
            assertFalse(page.evaluate("session.errors[0]").asText().contains("Exception"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherUsersQueueIsRefusedByName(Library library) {
        try (Page page = signIn(library, "alice")) {
            page.evaluate("void session.subscribe('/queue/user.bob')");
            page.until("session.closed");
            assertEquals(
                    "Denied: read queue://user.bob",
                    page.evaluate("session.errors[0]").asText());
        }
    }

    private Page signIn(Library library, String login) {
        return library.signIn(browser, gatepost.wsPort(), login);
    }

    private Page subscribed(Library library, String login, String headers) {
        Page page = signIn(library, login);
        page.run("session.subscribe('/queue/user." + login + "', { " + headers + " })");
        return page;
    }

    private StompClient signedInApp() {
        StompClient app = Transport.TCP.client(gatepost);
        app.connect("system", "manager");
        app.done(subscribe("1", INBOX));
        return app;
    }

    private void signal(String name) {
        Command.run(Path.of("").toAbsolutePath(), Map.of(), "kill", "-" + name, "" + gatepost.pid());
    }
}
