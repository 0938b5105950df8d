package gatepost.itests.examples;

import static org.junit.jupiter.api.Assertions.assertFalse;

import gatepost.itests.harness.library.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The same application, written three times; what its users see of it in Chromium. */
@ExtendWith(Suite.class)
abstract class SameApplication {

    /** What webhooks are signed with. */
    static final String WEBHOOK_SECRET = "whsec_"
            + Base64.getEncoder().encodeToString("of the webhooks of these tests".getBytes(StandardCharsets.US_ASCII));

    private static final String INBOX = "document.querySelector('gatepost-inbox')";
    private static final String WEBHOOK = "gatepost.webhook-missed.cfg";

    /** Rails' users have numbers. */
    private static final AtomicInteger LAST = new AtomicInteger(5000);

    /** @return the address of the page, and whoever opens it is signed in as that user */
    abstract String page(String user);

    /** Somebody sends to a user. */
    abstract void tell(Page by, String to, String text);

    /** Somebody sends to the members of the project. */
    abstract void comment(Page by, String text);

    /** Somebody sends to everybody. */
    abstract void announce(Page by, String text);

    abstract void join(Page by);

    abstract void signOutEverywhere(Page by);

    /** @return where the application takes webhooks */
    abstract String hook();

    /** @return who has not read something, as the application knows */
    abstract Set<String> missed() throws IOException;

    static String user() {
        return "" + LAST.incrementAndGet();
    }

    final Page open(String user) {
        Page page = Suite.browser().open(page(user));
        awaitConnected(page);
        return page;
    }

    final Page openBeside(Page page, String user) {
        Page tab = Suite.browser().openBeside(page, page(user));
        awaitConnected(tab);
        return tab;
    }

    @Test
    void whatIsSaidToOneIsInAllTabsAndCountedUntilItWasSeenInOne() {
        String user = user();
        try (Page other = open(user());
                Page first = open(user);
                Page second = openBeside(first, user);
                Page telephone = open(user)) {
            List<Page> all = List.of(first, second, telephone);
            tell(other, user, "one");
            tell(other, user, "two");
            all.forEach(page -> awaitList(page, "two", "one"));
            all.forEach(page -> awaitBadge(page, "2"));
            second.click("gatepost-inbox [part=button]");
            all.forEach(page -> awaitBadge(page, ""));
            all.forEach(Page::assertSound);
            awaitList(other);
        }
    }

    @Test
    void whoIsThereIsSeenByTheOthers() {
        String user = user();
        Page other = open(user);
        join(other);
        try (Page page = open(user())) {
            page.until(isOnline(user));
            other.close();
            page.until("!" + isOnline(user));
            try (Page back = open(user)) {
                page.until(isOnline(user));
                back.assertSound();
            }
            page.assertSound();
        }
    }

    @Test
    void whatIsSaidToTheProjectIsForItsThreeMembers() {
        String outside = user();
        try (Page one = open(user());
                Page two = open(user());
                Page three = open(user());
                Page other = open(outside)) {
            List<Page> members = List.of(one, two, three);
            members.forEach(this::join);
            comment(one, "to all three");
            members.forEach(page -> awaitList(page, "to all three"));
            tell(one, outside, "to you alone");
            awaitList(other, "to you alone");
            other.assertSound();
        }
    }

    @Test
    void whatIsSaidToEverybodyWaitsForThoseWhoAreAway() {
        String away = user();
        open(away).close();
        try (Page one = open(user());
                Page two = open(user())) {
            announce(one, "to everybody");
            awaitList(one, "to everybody");
            awaitList(two, "to everybody");
            try (Page back = open(away)) {
                awaitList(back, "to everybody");
                awaitBadge(back, "1");
            }
        }
    }

    @Test
    void aPageThatIsLoadedAgainShowsWhatWasThere() {
        String user = user();
        try (Page other = open(user());
                Page page = open(user)) {
            tell(other, user, "one");
            tell(other, user, "two");
            awaitList(page, "two", "one");
            page.reload();
            awaitList(page, "two", "one");
            awaitBadge(page, "2");
            page.assertSound();
        }
    }

    @Test
    void whoSignsOutIsSignedOutInAllTabsAndOnAllDevices() {
        String user = user();
        try (Page first = open(user);
                Page second = openBeside(first, user);
                Page telephone = open(user);
                Page other = open(user())) {
            List<Page> all = List.of(first, second, telephone);
            all.forEach(page -> page.evaluate(
                    INBOX + ".addEventListener('gatepost-error', ({ detail }) => window.refused = detail.code)"));
            signOutEverywhere(first);
            all.forEach(page -> page.until("!" + INBOX + ".inbox.connected"));
            all.forEach(page -> page.until("['denied', 'signed-out'].includes(window.refused)"));
            tell(other, user, "for the next time");
            awaitConnected(other);
        }
        try (Page again = open(user)) {
            awaitList(again, "for the next time");
        }
    }

    @Test
    void whatNobodyHasReadIsToldByAWebhook() throws IOException {
        Suite.gatepost()
                .apply(
                        WEBHOOK,
                        Map.of("url", hook(), "secret", WEBHOOK_SECRET, "events", "message.undelivered", "after", "1"));
        String reads = user();
        String away = user();
        open(away).close();
        try (Page page = open(reads)) {
            tell(page, reads, "read");
            awaitList(page, "read");
            tell(page, away, "not read");
            Awaitility.await("the webhook").atMost(Duration.ofSeconds(30)).until(() -> missed().contains(away));
            assertFalse(missed().contains(reads));
        } finally {
            Files.delete(Suite.gatepost().etc(WEBHOOK));
        }
    }

    static void awaitConnected(Page page) {
        page.until(INBOX + "?.inbox?.connected");
    }

    /** Waits until the element shows these messages, the newest first, and no other. */
    static void awaitList(Page page, String... texts) {
        page.until("[..." + INBOX
                + ".shadowRoot.querySelectorAll('[part=content]')].map(e => e.textContent).join('|') === '"
                + String.join("|", texts) + "'");
    }

    /** Waits until the badge says that, and is not to be seen when that is nothing. */
    static void awaitBadge(Page page, String text) {
        page.until("(badge => badge.hidden ? '' : badge.textContent)(" + INBOX
                + ".shadowRoot.querySelector('[part=badge]')) === '" + text + "'");
    }

    private static String isOnline(String user) {
        return "document.getElementById('online').innerText.includes('" + user + "')";
    }
}
