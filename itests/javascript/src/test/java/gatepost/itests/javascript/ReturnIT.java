package gatepost.itests.javascript;

import static gatepost.itests.javascript.Suite.awaitConnected;
import static gatepost.itests.javascript.Suite.awaitGot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Alone;
import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.library.Page;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever happens, a page is back by itself within three seconds after it can be, and is given each message once. */
@Alone
@ExtendWith(Suite.class)
class ReturnIT {

    private static final Duration SOON = Duration.ofSeconds(3);

    private final String user = Suite.user();

    @AutoClose
    private final Proxy proxy = new Proxy(Suite.gatepost().wsPort());

    @Test
    void afterGatepostWasKilled() {
        try (Page first = Suite.open(user);
                Page second = Suite.openBeside(first, user);
                Page telephone = Suite.open(user)) {
            List<Page> all = List.of(first, second, telephone);
            all.forEach(Suite::awaitConnected);
            Suite.publish(user, "one", "two");
            all.forEach(page -> awaitGot(page, "one", "two"));
            Suite.gatepost().kill();
            all.forEach(ReturnIT::awaitAway);
            Suite.gatepost().start();
            assertBack(all);
            Suite.publish(user, "three");
            all.forEach(page -> awaitGot(page, "one", "two", "three"));
            all.forEach(page -> assertEquals(
                    "one two three",
                    page.evaluate("inbox.getSnapshot().messages.map(({ body }) => body).join(' ')")
                            .asText()));
        }
    }

    @Test
    void afterAProxyHasDroppedItsConnections() {
        Suite.site().reach(user, proxy.port());
        try (Page page = openWithOne()) {
            proxy.cut();
            awaitAway(page);
            Suite.publish(user, "two", "three");
            try (Page telephone = Suite.open(Suite.user())) {
                awaitConnected(telephone);
            }
            proxy.mend();
            assertBack(List.of(page));
            awaitGot(page, "one", "two", "three");
            for (int times = 0; times < 3; times++) {
                proxy.drop();
                Suite.publish(user, "after break " + times);
            }
            awaitGot(page, "one", "two", "three", "after break 0", "after break 1", "after break 2");
            assertEquals(
                    "0",
                    page.evaluate("happened.filter(what => what.startsWith('gap')).length")
                            .asText());
        }
    }

    @Test
    void whatWasDoneElsewhereMeanwhileComesAllTheSame() {
        Suite.site().reach(user, proxy.port());
        try (Page page = openWithOne()) {
            proxy.cut();
            awaitAway(page);
            try (StompClient telephone = InboxIT.device(user)) {
                telephone.done(ClientFrame.subscribe("1", "/queue/user." + user, "ack:client"));
                Suite.publish(user, "two");
                telephone.done(ClientFrame.of(
                        "ACK", "id:" + telephone.expect("MESSAGE").header("ack")));
            }
            proxy.mend();
            awaitGot(page, "one", "two");
        }
    }

    @Test
    void afterTheApplicationWasAway() {
        Suite.site().tokensLast(user, Duration.ofSeconds(-25));
        try (Page page = Suite.open(user)) {
            awaitConnected(page);
            Suite.site().answer(user, 500);
            awaitAway(page);
            Suite.site().tokensLast(user, Duration.ofHours(1));
            Suite.site().answer(user, 200);
            assertBack(List.of(page));
        }
    }

    @Test
    void afterTheNetworkWasAway() {
        try (Page page = openWithOne()) {
            page.offline(true);
            page.until("!navigator.onLine");
            // Chromium leaves open WebSockets as they are: whoever closes this one is not the page
            Suite.gatepost().shell("gatepost:session-close --user " + user);
            awaitAway(page);
            Suite.publish(user, "two");
            page.until(
                    "performance.getEntriesByType('resource').filter(({ name }) => name.includes('/session')).length >= 3");
            page.offline(false);
            assertBack(List.of(page));
            awaitGot(page, "one", "two");
        }
    }

    @Test
    void afterTheNetworkWasAwayForAMinute() {
        Suite.site().reach(user, proxy.port());
        try (Page page = openWithOne()) {
            page.evaluate("window.began = performance.now()");
            proxy.cut();
            awaitAway(page);
            Suite.publish(user, "two", "three");
            for (int seconds : new int[] {20, 40, 60}) {
                page.until("performance.now() - began > " + seconds * 1_000);
            }
            proxy.mend();
            assertBack(List.of(page));
            awaitGot(page, "one", "two", "three");
        }
    }

    /** Nothing runs in the page, as in one that a browser has frozen, which Chromium without a window does to none. */
    @Test
    void afterItsTabSleptAndItsSessionWasEnded() {
        try (Page page = Suite.open(user);
                Page other = Suite.openBeside(page, user)) {
            List.of(page, other).forEach(Suite::awaitConnected);
            Suite.publish(user, "one");
            List.of(page, other).forEach(tab -> awaitGot(tab, "one"));
            page.evaluate(
                    "setTimeout(() => { const end = Date.now() + 10_000; while (Date.now() < end); window.awake = true; })");
            Suite.gatepost().shell("gatepost:session-close --user " + user);
            Suite.publish(user, "two");
            awaitGot(other, "one", "two");
            page.until("window.awake");
            long began = System.nanoTime();
            awaitGot(page, "one", "two");
            assertSoon(began);
        }
    }

    @Test
    void aPageThatSleptFindsOutAtOnceThatItsConnectionIsDead() {
        Suite.site().reach(user, proxy.port());
        try (Page page = openWithOne()) {
            proxy.hold();
            Suite.publish(user, "two");
            page.evaluate(
                    "setTimeout(() => { const end = Date.now() + 10_000; while (Date.now() < end); window.awake = true; })");
            page.until("window.awake");
            long began = System.nanoTime();
            awaitGot(page, "one", "two");
            assertSoon(began);
            assertEquals(
                    2,
                    page.evaluate("happened.filter(what => what.startsWith('connected')).length")
                            .asInt());
        }
    }

    /** Opens a page that has been given one message. */
    private Page openWithOne() {
        Page page = Suite.open(user);
        awaitConnected(page);
        Suite.publish(user, "one");
        awaitGot(page, "one");
        return page;
    }

    private static void awaitAway(Page page) {
        page.until("!inbox.connected");
    }

    private static void assertBack(List<Page> pages) {
        long began = System.nanoTime();
        pages.forEach(Suite::awaitConnected);
        assertSoon(began);
    }

    private static void assertSoon(long began) {
        Duration lasting = Duration.ofNanos(System.nanoTime() - began);
        assertTrue(lasting.compareTo(SOON) < 0, lasting.toString());
    }
}
