package gatepost.itests.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.itests.harness.library.Page;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The pages of {@code examples/browser} in Chromium. */
@ExtendWith(Suite.class)
class BrowserIT {

    @Test
    void theInboxShowsWhatWaitedAndWhatComesAndEmptiesTheQueue() {
        Site.serve("browser-1");
        Suite.publish("browser-1", "waited");
        try (Page page = Suite.browser().open("/index.html")) {
            Site.awaitMessages(page, "waited");
            Suite.publish("browser-1", "live");
            Site.awaitMessages(page, "waited", "live");
            page.assertSound();
        }
        Suite.publish("browser-1", "next time");
        try (Page page = Suite.browser().open("/index.html")) {
            Site.awaitMessages(page, "next time");
        }
    }

    @Test
    void theInboxComesBackWithANewTokenWhenItsSessionEnds() {
        Site.serve("browser-2");
        Site.serveSession("browser-2", Duration.ofSeconds(-25)); // clocks may differ by 30 seconds
        try (Page page = Suite.browser().open("/index.html")) {
            Site.awaitConnected(page);
            Site.serveSession("browser-2", Duration.ofHours(1));
            page.until("document.getElementById('state').textContent !== 'connected'");
            Site.awaitConnected(page);
            Suite.publish("browser-2", "after the end of the token");
            Site.awaitMessages(page, "after the end of the token");
            page.assertSound();
        }
    }

    @Test
    void theInboxOpensAlsoWhenTheApplicationIsAwayAtFirst() {
        Site.serve("browser-4");
        Suite.browser().serve("/session.json", "the application is away");
        try (Page page = Suite.browser().open("/index.html")) {
            page.until("performance.getEntriesByType('resource').some(entry => entry.name.endsWith('session.json'))");
            Site.serveSession("browser-4", Duration.ofHours(1));
            Site.awaitConnected(page);
            page.assertSound();
        }
    }

    @Test
    void oneTabHoldsTheConnectionAllShowTheMessagesAndTheNextTabTakesOver() {
        Site.serve("browser-3");
        Page first = Suite.browser().open("/tabs.html");
        try (Page second = openTab(first)) {
            Suite.publish("browser-3", "one");
            Suite.publish("browser-3", "two");
            for (Page page : List.of(first, second)) {
                Site.awaitMessages(page, "one", "two");
                page.assertSound();
            }
            // without the lock both tabs would show everything as well, with a connection each
            assertEquals(
                    1,
                    Suite.gatepost()
                            .shell("gatepost:session-list --no-format")
                            .lines()
                            .filter(line -> line.contains("browser-3"))
                            .count());
            first.close();
            try (Page third = openTab(second)) {
                Suite.publish("browser-3", "three");
                Site.awaitMessages(second, "one", "two", "three");
                Site.awaitMessages(third, "three");
            }
        }
    }

    private static Page openTab(Page beside) {
        return Suite.browser().openBeside(beside, "/tabs.html");
    }
}
