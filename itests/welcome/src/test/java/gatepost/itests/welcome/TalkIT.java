package gatepost.itests.welcome;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.library.Browser;
import gatepost.itests.harness.library.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The talk's JavaScript in Chromium shows the welcome, once. */
class TalkIT {

    private static final Path SCRIPT = Path.of("..", "clients", "src", "test", "talk", "talk.js");

    @AutoClose
    private static Gatepost gatepost;

    @AutoClose
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        gatepost = Gatepost.unpack();
        gatepost.configure("gatepost.welcome.cfg", Map.of("enabled", "true"));
        gatepost.start();
        browser = Browser.start();
        browser.serve(
                "/talk.js",
                Files.readString(SCRIPT)
                        .replace("ws://localhost:61614/stomp", "ws://localhost:" + gatepost.wsPort() + "/stomp")
                        .replace("login = \"\"", "login = \"alice\"")
                        .replace("passcode = \"\"", "passcode = \"alice\"")
                        .replace("test_...", "/queue/user.alice"));
    }

    @Test
    void aliceSeesHerWelcomeWhenSheFirstSignsInAndNoneLater() {
        try (Page page = browser.open("/talk.html")) {
            page.until("$('#messages p').length == 1");
            assertEquals(
                    "<p>Welcome, alice!</p>\n",
                    page.evaluate("$('#messages').html()").asText());
            page.assertSound();
        }
        try (Page page = browser.open("/talk.html")) {
            page.until("client.connected");
            // a second that goes by without one shows that there is none
            Awaitility.await()
                    .during(Duration.ofSeconds(1))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> page.evaluate("$('#messages p').length").asInt() == 0);
        }
    }
}
