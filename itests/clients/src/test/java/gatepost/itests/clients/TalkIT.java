package gatepost.itests.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.library.Browser;
import gatepost.itests.harness.library.Page;
import gatepost.itests.harness.library.Talk;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The talk's two clients as they stand, but for the ports. */
@ExtendWith(Suite.class)
class TalkIT {

    private final Gatepost gatepost = Suite.gatepost();
    private final Browser browser = Suite.browser();

    @Test
    void whatTheTalksRubyPublishesIsShownByTheTalksJavaScript() {
        browser.serve("/talk.js", Talk.script(gatepost.wsPort(), "alice", "alice", "/queue/user.alice"));
        try (Page page = browser.open("/talk.html")) {
            page.until("client.connected");
            Talk.publish(List.of(), gatepost.stompPort(), "/queue/user.alice");

            page.until("$('#messages p').length == 1");
            assertEquals(
                    "<p>Welcome</p>\n", page.evaluate("$('#messages').html()").asText());
            page.assertSound();
        }
    }

    @Test
    void whatWasPublishedBeforeTheBrowserCameIsShown() {
        Talk.publish(List.of(), gatepost.stompPort(), "/queue/user.bob");

        browser.serve("/talk.js", Talk.script(gatepost.wsPort(), "bob", "bob", "/queue/user.bob"));
        try (Page page = browser.open("/talk.html")) {
            page.until("$('#messages p').length == 1");
            assertEquals(
                    "<p>Welcome</p>\n", page.evaluate("$('#messages').html()").asText());
        }
    }

    @Test
    void aDestinationWithoutAPrefixIsAQueue() {
        Talk.publish(List.of(), gatepost.stompPort(), "test_1");

        browser.serve("/talk.js", Talk.script(gatepost.wsPort(), "system", "manager", "test_1"));
        try (Page page = browser.open("/talk.html")) {
            page.until("$('#messages p').length == 1");
        }
    }
}
