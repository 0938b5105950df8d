package gatepost.itests.welcome;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.itests.harness.library.Browser;
import gatepost.itests.harness.library.Page;
import gatepost.itests.harness.library.Talk;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The talk's JavaScript in Chromium shows the welcome, once. */
@ExtendWith(Suite.class)
class TalkIT {

    @AutoClose
    private static Browser browser;

    @BeforeAll
    static void start() {
        browser = Browser.start();
        browser.serve("/talk.js", Talk.script(Suite.gatepost().wsPort(), "tina", "tina", "/queue/user.tina"));
    }

    @Test
    void aUserSeesTheirWelcomeWhenTheyFirstSignInAndNoneLater() {
        try (Page page = browser.open("/talk.html")) {
            page.until("$('#messages p').length == 1");
            assertEquals(
                    "<p>Welcome, tina!</p>\n",
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
