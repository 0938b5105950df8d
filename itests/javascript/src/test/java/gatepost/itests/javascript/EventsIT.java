package gatepost.itests.javascript;

import static gatepost.itests.javascript.Suite.awaitConnected;
import static gatepost.itests.javascript.Suite.awaitGot;
import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.itests.harness.library.Page;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where no WebSocket comes through, all tabs of a browser share one stream of events. */
@ExtendWith(Suite.class)
class EventsIT {

    private final String user = Suite.user();

    @AutoClose
    private final Proxy proxy = new Proxy(Suite.gatepost().wsPort());

    @BeforeEach
    void noWebSockets() {
        proxy.webSockets(false);
        Suite.site().reach(user, proxy.port());
    }

    @Test
    void allTabsGetEverythingOverOneStreamAndSayWhatIsDoneByThemselves() {
        Suite.publish(user, "waited");
        try (Page first = Suite.open(user)) {
            awaitGot(first, "waited");
            try (Page second = Suite.openBeside(first, user)) {
                List<Page> tabs = List.of(first, second);
                tabs.forEach(Suite::awaitConnected);
                assertEquals("events", second.evaluate("inbox.transport").asText());
                Suite.publish(user, "one", "two");
                awaitGot(first, "waited", "one", "two");
                awaitGot(second, "one", "two");
                assertEquals(1, proxy.streams());
                tabs.forEach(page -> page.until("inbox.getSnapshot().messages.at(-1).state.includes('done')"));
                second.run("inbox.seen()");
                second.run("inbox.read({ upTo: inbox.state.head })");
                tabs.forEach(page -> page.until("inbox.state.unseen === 0 && inbox.state.unread === 0"));
                assertEquals(
                        "unsupported",
                        second.evaluate("inbox.send('/queue/app.inbox', 'x').catch(({ code }) => code)")
                                .asText());
                second.run("new Promise(told => inbox.presence(inbox.user, told))");
                tabs.forEach(Page::assertSound);
            }
        }
    }

    @Test
    void theNextTabTakesTheStreamOverWhenItsTabIsClosed() {
        Page first = Suite.open(user);
        awaitConnected(first);
        try (Page second = Suite.openBeside(first, user)) {
            awaitConnected(second);
            Suite.publish(user, "one");
            awaitGot(second, "one");
            first.close();
            Suite.publish(user, "two");
            awaitGot(second, "one", "two");
            Awaitility.await().until(() -> proxy.streams() == 1);
            try (Page third = Suite.openBeside(second, user)) {
                awaitConnected(third);
                Suite.publish(user, "three");
                awaitGot(second, "one", "two", "three");
                awaitGot(third, "three");
                assertEquals(1, proxy.streams());
                // its connection was never gone for itself
                assertEquals(
                        0,
                        second.evaluate("happened.filter(what => what.startsWith('disconnected')).length")
                                .asInt());
            }
        }
    }

    @Test
    void anotherTabTakesItFromOneThatSleeps() {
        try (Page sleeping = Suite.open(user)) {
            awaitConnected(sleeping);
            try (Page second = Suite.openBeside(sleeping, user)) {
                awaitConnected(second);
                // as a frozen page: nothing runs there
                sleeping.evaluate(
                        "setTimeout(() => { const end = Date.now() + 26_000; while (Date.now() < end); window.awake = true; }, 50)");
                Suite.publish(user, "meanwhile");
                awaitGot(second, "meanwhile");
                sleeping.until("window.awake");
                awaitGot(sleeping, "meanwhile");
                Suite.publish(user, "later");
                awaitGot(sleeping, "meanwhile", "later");
                awaitGot(second, "meanwhile", "later");
                Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> proxy.streams() == 1);
            }
        }
    }

    @Test
    void whoHoldsTheStreamLetsGoOfItWhenItIsFrozen() {
        try (Page frozen = Suite.open(user)) {
            awaitConnected(frozen);
            try (Page second = Suite.openBeside(frozen, user)) {
                awaitConnected(second);
                Suite.publish(user, "one");
                awaitGot(frozen, "one");
                awaitGot(second, "one");
                frozen.evaluate("document.dispatchEvent(new Event('freeze'))");
                Suite.publish(user, "meanwhile");
                awaitGot(second, "one", "meanwhile");
                awaitGot(frozen, "one", "meanwhile");
                assertEquals(
                        0,
                        second.evaluate("happened.filter(what => what.startsWith('disconnected')).length")
                                .asInt());
                Awaitility.await().until(() -> proxy.streams() == 1);
            }
        }
    }

    @Test
    void aTokenIsReplacedWhileTheStreamGoesOn() {
        Suite.site().tokensLast(user, Duration.ofSeconds(-20));
        try (Page page = Suite.open(user)) {
            awaitConnected(page);
            int asked = Suite.site().asked(user);
            Suite.site().tokensLast(user, Duration.ofHours(1));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> Suite.site().asked(user) > asked);
            Suite.publish(user, "later");
            awaitGot(page, "later");
            assertEquals(
                    1,
                    page.evaluate("happened.filter(what => what.startsWith('connected')).length")
                            .asInt());
        }
    }

    @Test
    void aBrokenStreamGoesOnBehindWhatWasShown() {
        try (Page first = Suite.open(user)) {
            awaitConnected(first);
            try (Page second = Suite.openBeside(first, user)) {
                awaitConnected(second);
                Suite.publish(user, "one");
                awaitGot(first, "one");
                awaitGot(second, "one");
                proxy.cut();
                first.until("!inbox.connected");
                second.until("!inbox.connected");
                Suite.publish(user, "two");
                proxy.mend();
                awaitGot(first, "one", "two");
                awaitGot(second, "one", "two");
            }
        }
    }
}
