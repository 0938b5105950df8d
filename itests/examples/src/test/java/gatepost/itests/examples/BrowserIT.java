package gatepost.itests.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import gatepost.itests.harness.library.Page;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The pages of {@code examples/browser} in Chromium. */
@ExtendWith(Suite.class)
class BrowserIT {

    /** A page that takes its time to show a message. */
    private static final String SLOW = """
            <!DOCTYPE html>
            <p id="state"></p>
            <ul id="messages"></ul>
            <script src="stomp.umd.min.js"></script>
            <script type="module">
              import { openInbox } from './inbox.js';
              const released = new Promise(done => window.release = done);
              window.inbox = openInbox({
                  session: async () => (await fetch('session.json', { cache: 'no-store' })).json(),
                  async show({ body }) {
                      await released;
                      const item = document.createElement('li');
                      item.textContent = body;
                      document.getElementById('messages').append(item);
                  },
                  state(text) {
                      document.getElementById('state').textContent = text;
                  },
              });
            </script>
            """;

    @Test
    void theInboxShowsWhatWaitedAndWhatComesAndTheSameAfterAReload() {
        Site.serve("browser-1");
        Suite.publish("browser-1", "waited");
        try (Page page = Suite.browser().open("/index.html")) {
            Site.awaitMessages(page, "waited");
            Suite.publish("browser-1", "live");
            Site.awaitMessages(page, "waited", "live");
            page.reload();
            Site.awaitMessages(page, "waited", "live");
            page.assertSound();
        }
        // it has acknowledged what it has shown
        Suite.publish("browser-1", "next time");
        try (StompClient client = connect("browser-1")) {
            client.send(ClientFrame.subscribe("1", "/queue/user.browser-1"));
            assertEquals("next time", client.expect("MESSAGE").text());
        }
    }

    @Test
    void everyTabShowsEverythingAndWhatIsReadInOneIsReadInAll() {
        Site.serve("browser-5");
        try (Page first = Suite.browser().open("/index.html");
                Page second = Suite.browser().openBeside(first, "/index.html")) {
            List<Page> tabs = List.of(first, second);
            Site.awaitConnected(first);
            Site.awaitConnected(second);
            for (String text : List.of("one", "two", "three")) {
                Suite.publish("browser-5", text);
            }
            for (Page tab : tabs) {
                Site.awaitMessages(tab, "one", "two", "three");
                Site.awaitUnread(tab, 3);
            }
            first.click("#messages li:nth-child(2) button");
            for (Page tab : tabs) {
                Site.awaitUnread(tab, 2);
                tab.until("!document.querySelector('#messages li:nth-child(2) button')");
            }
            second.reload();
            Site.awaitMessages(second, "one", "two", "three");
            Site.awaitUnread(second, 2);
            second.click("#read-all");
            for (Page tab : tabs) {
                Site.awaitUnread(tab, 0);
                tab.assertSound();
            }
        }
    }

    @Test
    void afterAnInterruptionTheInboxGoesOnBehindWhatItHasShown() {
        Site.serve("browser-6");
        try (Page page = Suite.browser().open("/index.html")) {
            Suite.publish("browser-6", "before");
            Site.awaitMessages(page, "before");
            interrupt(page, "browser-6");
            Suite.publish("browser-6", "while away");
            Suite.publish("browser-6", "while away, and done elsewhere");
            try (StompClient telephone = connect("browser-6")) {
                telephone.send(ClientFrame.subscribe("1", "/queue/user.browser-6", "ack:client"));
                telephone.expect("MESSAGE");
                ServerFrame last = telephone.expect("MESSAGE");
                telephone.done(ClientFrame.of("ACK", "id:" + last.header("ack")));
            }
            Site.serveSession("browser-6", Duration.ofHours(1));
            Site.awaitConnected(page);
            Suite.publish("browser-6", "after");
            Site.awaitMessages(page, "before", "while away", "while away, and done elsewhere", "after");
            Site.awaitUnread(page, 4);
            page.assertSound();
        }
    }

    @Test
    void whatWasOnItsWayToThePageWhenTheConnectionEndedIsShownOnceAndDone() {
        Site.serve("browser-9");
        Suite.browser().serve("/slow.html", SLOW);
        try (Page page = Suite.browser().open("/slow.html")) {
            Site.awaitConnected(page);
            List<String> texts = List.of("one", "two", "three");
            texts.forEach(text -> Suite.publish("browser-9", text));
            // its receipt comes behind the messages
            page.run("inbox.send('/gatepost/inbox/seen', '', { 'gatepost-upto': 1, 'gatepost-epoch': 'no' })");
            interrupt(page, "browser-9");
            Site.serveSession("browser-9", Duration.ofHours(1));
            Site.awaitConnected(page);
            page.evaluate("release()");
            Suite.publish("browser-9", "four");
            Site.awaitMessages(page, "one", "two", "three", "four");
            page.assertSound();
        }
        Suite.publish("browser-9", "next time");
        try (StompClient client = connect("browser-9")) {
            client.send(ClientFrame.subscribe("1", "/queue/user.browser-9"));
            assertEquals("next time", client.expect("MESSAGE").text());
        }
    }

    @Test
    void whatIsNotKeptOnTheDiskIsShownButHasNoPlaceToGoOnFrom() {
        Site.serve("browser-8");
        try (Page page = Suite.browser().open("/index.html");
                StompClient application = Transport.TCP.client(Suite.gatepost())) {
            Site.awaitConnected(page);
            application.connect("system", "manager");
            application.done(ClientFrame.send("/queue/user.browser-8", "first", "persistent:false"));
            Site.awaitMessages(page, "first");
            Suite.publish("browser-8", "second");
            application.done(ClientFrame.send("/queue/user.browser-8", "third", "persistent:false"));
            Site.awaitMessages(page, "first", "second", "third");
            Site.awaitUnread(page, 1);
            interrupt(page, "browser-8");
            Suite.publish("browser-8", "fourth");
            Site.serveSession("browser-8", Duration.ofHours(1));
            Site.awaitMessages(page, "first", "second", "third", "fourth");
            page.assertSound();
        }
    }

    @Test
    void theInboxSaysWhereMessagesAreMissing() {
        Site.serve("browser-7");
        try (Page page = Suite.browser().open("/index.html")) {
            Suite.publish("browser-7", "before");
            Site.awaitMessages(page, "before");
            interrupt(page, "browser-7");
            Suite.publish("browser-7", "never seen");
            Suite.gatepost().shell("gatepost:queue-purge user.browser-7");
            Site.serveSession("browser-7", Duration.ofHours(1));
            Site.awaitConnected(page);
            Suite.publish("browser-7", "after");
            Site.awaitMessages(page, "before", "Messages are missing here.", "after");
            page.assertSound();
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
        Site.serveNoSession();
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
            second.click("#messages button");
            Site.awaitUnread(first, 1);
            Site.awaitUnread(second, 1);
            try (Page third = openTab(second)) {
                Site.awaitMessages(third, "one", "two");
                Site.awaitUnread(third, 1);
                first.close();
                Suite.publish("browser-3", "three");
                for (Page page : List.of(second, third)) {
                    Site.awaitMessages(page, "one", "two", "three");
                    Site.awaitUnread(page, 2);
                }
                third.click("#read-all");
                for (Page page : List.of(second, third)) {
                    Site.awaitUnread(page, 0);
                    page.assertSound();
                }
            }
        }
    }

    /** Cuts the page off, and it does not come back before the application gives it a session again. */
    private static void interrupt(Page page, String user) {
        Site.serveNoSession();
        Suite.gatepost().shell("gatepost:session-close --user " + user);
        page.until("document.getElementById('state').textContent !== 'connected'");
    }

    private static StompClient connect(String user) {
        StompClient client = Transport.TCP.client(Suite.gatepost());
        client.connect(user, Token.of(user, Duration.ofHours(1)));
        return client;
    }

    private static Page openTab(Page beside) {
        return Suite.browser().openBeside(beside, "/tabs.html");
    }
}
