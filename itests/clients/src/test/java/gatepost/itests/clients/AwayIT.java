package gatepost.itests.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.library.Browser;
import gatepost.itests.harness.library.Library;
import gatepost.itests.harness.library.Page;
import gatepost.itests.harness.library.Ruby;
import gatepost.itests.harness.library.Talk;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is published while a user is away waits, also through the death of the broker. */
@ExtendWith(Suite.class)
class AwayIT {

    private final Gatepost gatepost = Suite.gatepost();
    private final Browser browser = Suite.browser();

    @ParameterizedTest
    @EnumSource
    void whatWasPublishedWhileTheBrowserWasAwayIsThereAfterAKill(Library library) {
        try (Page page = subscribed(library, "alice")) {
            Ruby.publishAll(gatepost.stompPort(), "/queue/user.alice", "while she is here");
            page.until("session.received.length == 1");
            page.run("session.disconnect()");
        }
        Ruby.publishAll(gatepost.stompPort(), "/queue/user.alice", "while she is away", "and another");

        gatepost.kill();
        gatepost.start();

        try (Page page = subscribed(library, "alice")) {
            page.until("session.received.length == 2");
            assertEquals(
                    "[\"while she is away\",\"and another\"]",
                    page.evaluate("session.received.map(message => message.body)")
                            .toString());
            assertEquals(
                    "[\"system\",\"system\"]",
                    page.evaluate("session.received.map(message => message.headers['gatepost-user'])")
                            .toString());
        }
    }

    @Test
    void theTalksPageShowsWhatWasPublishedBeforeARestart() {
        Talk.publish(List.of(), gatepost.stompPort(), "/queue/user.bob");

        gatepost.restart();

        browser.serve("/talk.js", Talk.script(gatepost.wsPort(), "bob", "bob", "/queue/user.bob"));
        try (Page page = browser.open("/talk.html")) {
            page.until("$('#messages p').length == 1");
        }
    }

    @Test
    void aPageThatStaysOpenThroughAKillComesBackByItself() {
        try (Page page =
                Library.STOMPJS_7.signIn(browser, gatepost.wsPort(), "bob", "options: { reconnectDelay: 50 }")) {
            page.run("session.subscribe('/queue/user.bob')");

            gatepost.kill();
            page.until("session.closed");
            gatepost.start();
            Ruby.publishAll(gatepost.stompPort(), "/queue/user.bob", "welcome back");

            page.until("session.received.length == 1");
            assertEquals(
                    "welcome back", page.evaluate("session.received[0].body").asText());
            page.run("session.disconnect()");
        }
    }

    private Page subscribed(Library library, String login) {
        Page page = library.signIn(browser, gatepost.wsPort(), login);
        page.run("session.subscribe('/queue/user." + login + "')");
        return page;
    }
}
