package gatepost.itests.javascript;

import static gatepost.itests.javascript.Suite.awaitConnected;
import static gatepost.itests.javascript.Suite.awaitGot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Token;
import gatepost.itests.harness.Transport;
import gatepost.itests.harness.library.Page;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The client of {@code clients/javascript} in Chromium, under a strict Content-Security-Policy. */
@ExtendWith(Suite.class)
class InboxIT {

    private final String user = Suite.user();

    @Test
    void eachTabAndEachBrowserGetsEverythingAndKnowsWhatTheOthersDo() {
        Suite.publish(user, "waited");
        try (Page first = Suite.open(user)) {
            awaitGot(first, "waited");
            try (Page second = Suite.openBeside(first, user);
                    Page telephone = Suite.open(user)) {
                List<Page> all = List.of(first, second, telephone);
                all.forEach(Suite::awaitConnected);
                Suite.publish(user, "one", "two");
                awaitGot(first, "waited", "one", "two");
                awaitGot(second, "one", "two");
                awaitGot(telephone, "one", "two");
                all.forEach(page -> page.until("inbox.state.unseen === 3 && inbox.state.unread === 3"));
                second.run("inbox.seen()");
                all.forEach(page -> page.until("inbox.state.unseen === 0"));
                telephone.run("inbox.read(inbox.getSnapshot().messages[0])");
                all.forEach(page -> page.until("inbox.state.unread === 2"));
                second.until("inbox.getSnapshot().messages[0].state.join() === 'done,read'");
                first.run("inbox.unread({ upTo: inbox.state.head })");
                all.forEach(page -> page.until("inbox.state.unread === 3"));
                all.forEach(page -> page.until("happened.some(what => what.startsWith('done '))"));
                all.forEach(Page::assertSound);
            }
        }
    }

    @Test
    void whatIsDoneInOneTabWaitsNowhereAndWhatIsNotComesAgain() {
        try (Page page = Suite.open(user)) {
            awaitConnected(page);
            page.run(
                    "inbox.on('message', ({ body }) => { if (body === 'bad') throw new Error('a fault of the page'); })");
            Suite.publish(user, "good", "bad", "better");
            awaitGot(page, "good", "bad", "better");
            page.until("inbox.getSnapshot().messages.map(({ state }) => state.join()).join('|') === 'done||done'");
            page.reload();
            awaitGot(page, "bad", "better");
            page.until("inbox.getSnapshot().messages.every(({ state }) => state.includes('done'))");
            try (Page next = Suite.open(user)) {
                awaitConnected(next);
                Suite.publish(user, "next");
                awaitGot(next, "next");
            }
        }
    }

    @Test
    void aPageThatIsLoadedAgainHasTheHistoryAndGoesOnBehindWhatItHasShown() {
        try (Page page = Suite.open(user)) {
            awaitConnected(page);
            Suite.publish(user, "1", "2", "3", "4", "5");
            awaitGot(page, "1", "2", "3", "4", "5");
            page.until("inbox.getSnapshot().messages.every(({ state }) => state.includes('done'))");
            page.reload();
            awaitConnected(page);
            page.run(
                    "inbox.history({ limit: 2 }).then(({ messages, next }) => Object.assign(window, { messages, next }))");
            assertEquals("4 5", texts(page, "messages"));
            page.run(
                    "inbox.history({ before: next, limit: 2 }).then(({ messages }) => Object.assign(window, { messages }))");
            assertEquals("2 3", texts(page, "messages"));
            page.run(
                    "inbox.history({ before: messages[0] }).then(({ messages, next }) => Object.assign(window, { messages, next }))");
            assertEquals("1", texts(page, "messages"));
            assertEquals("undefined", page.evaluate("typeof next").asText());
            Suite.publish(user, "6");
            awaitGot(page, "6");
            assertEquals("1 2 3 4 5 6", texts(page, "inbox.getSnapshot().messages"));
            page.assertSound();
        }
    }

    @Test
    void withAckManualNothingIsDoneUntilThePageSaysSo() {
        try (Page page = Suite.open(user)) {
            awaitConnected(page);
            page.run("inbox.close()");
            page.run("import('/src/index.js').then(({ connect }) => { window.got = []; window.kept = []; "
                    + "window.inbox = connect({ session: '/notifications/session' + location.search, ack: 'manual' }); "
                    + "inbox.on('message', message => { got.push(message.body); kept.push(message); }); })");
            awaitConnected(page);
            Suite.publish(user, "one", "two");
            awaitGot(page, "one", "two");
            page.run("kept[1].done()");
            page.until("inbox.getSnapshot().messages.map(({ state }) => state.join()).join('|') === '|done'");
        }
    }

    @Test
    void theApplicationAnswersThePageThatAsks() {
        try (Page page = Suite.open(user);
                Page other = Suite.openBeside(page, user);
                StompClient application = Transport.TCP.client(Suite.gatepost())) {
            awaitConnected(page);
            awaitConnected(other);
            application.connect("system", "manager");
            application.done(ClientFrame.subscribe("1", "/queue/app.inbox"));
            page.evaluate("(() => { window.answer = inbox.ask('/queue/app.inbox', { how: 'many' }); })()");
            ServerFrame question = application.expect("MESSAGE");
            assertEquals("{\"how\":\"many\"}", question.text());
            assertEquals("application/json", question.header("content-type"));
            application.done(ClientFrame.send(
                    "/queue/user." + question.header("gatepost-user"),
                    "17",
                    "correlation-id:" + question.header("correlation-id"),
                    "gatepost-history:false"));
            assertEquals("17", page.evaluate("answer.then(({ body }) => body)").asText());
            Suite.publish(user, "live");
            awaitGot(page, "live");
            awaitGot(other, "live");
            assertEquals(
                    "denied Denied: write queue://elsewhere",
                    page.evaluate(
                                    "inbox.send('/queue/elsewhere', 'x').catch(({ code, message }) => code + ' ' + message)")
                            .asText());
            awaitConnected(page);
            page.run("inbox.send('/queue/app.inbox', 'next')");
            assertEquals("next", application.expect("MESSAGE").text());
        }
    }

    @Test
    void whoIsOnLineIsToldAndToldAnewAfterABreak() {
        try (Page page = Suite.open(user)) {
            awaitConnected(page);
            page.run("Promise.resolve(Object.assign(window, { seen: [], "
                    + "end: inbox.presence([inbox.user], ({ user, online }) => seen.push(user + ' ' + online)) }))");
            page.until("seen.join() === '" + user + " true'");
            Suite.gatepost().shell("gatepost:session-close --user " + user);
            page.until("seen.length === 2");
            page.run("end()");
            Suite.gatepost().shell("gatepost:session-close --user " + user);
            page.until("happened.filter(what => what.startsWith('connected')).length === 3");
            Suite.publish(user, "later");
            awaitGot(page, "later");
            assertEquals(2, page.evaluate("seen.length").asInt());
        }
    }

    @Test
    void aGapIsToldBeforeWhatIsBehindIt() {
        try (Page page = Suite.open(user)) {
            awaitConnected(page);
            Suite.publish(user, "before");
            awaitGot(page, "before");
            page.until("inbox.getSnapshot().messages[0].state.includes('done')");
            Suite.gatepost().shell("gatepost:queue-purge user." + user);
            Suite.publish(user, "after");
            awaitGot(page, "before", "after");
            page.until("happened.some(what => what.startsWith('gap '))");
            page.assertSound();
        }
    }

    @Test
    void whatIsNotKeptOnTheDiskIsShownAndHasNoPlace() {
        try (Page page = Suite.open(user);
                StompClient application = Transport.TCP.client(Suite.gatepost())) {
            awaitConnected(page);
            application.connect("system", "manager");
            application.done(ClientFrame.send("/queue/user." + user, "first", "persistent:false"));
            Suite.publish(user, "second");
            application.done(ClientFrame.send("/queue/user." + user, "third", "persistent:false"));
            awaitGot(page, "first", "second", "third");
            assertEquals("first second third", texts(page, "inbox.getSnapshot().messages"));
            page.reload();
            awaitConnected(page);
            Suite.publish(user, "fourth");
            awaitGot(page, "fourth");
        }
    }

    @Test
    void theModuleThatGatepostServesIsUsedFromAnotherOrigin() {
        String client = "http://localhost:" + Suite.gatepost().wsPort() + "/gatepost/client.js";
        try (Page page = Suite.browser().open(Suite.site().page("served.html", user) + "&client=" + client)) {
            awaitConnected(page);
            Suite.publish(user, "one");
            awaitGot(page, "one");
            page.assertSound();
        }
    }

    @Test
    void aWorkerOfThePackageBeatsAndTheConnectionOfASilentPageStays() {
        try (Page page = Suite.open(user)) {
            awaitConnected(page);
            assertTrue(page.requests().stream().anyMatch(each -> each.endsWith("/src/client-worker.js")));
            // more than twice what Gatepost waits for a heart-beat
            page.until("performance.now() > 26_000");
            assertEquals("[\"connected websocket\"]", page.evaluate("happened").toString());
            page.assertSound();
        }
    }

    @Test
    void aTokenIsReplacedInTheOpenSessionBeforeItEnds() {
        // clocks may differ by 30 seconds, which Gatepost allows for
        Suite.site().tokensLast(user, Duration.ofSeconds(-22));
        try (Page page = Suite.open(user)) {
            awaitConnected(page);
            Suite.site().tokensLast(user, Duration.ofSeconds(-20));
            page.until(
                    "performance.getEntriesByType('resource').filter(({ name }) => name.includes('/session')).length >= 3");
            Suite.publish(user, "after the end of the first");
            awaitGot(page, "after the end of the first");
            assertEquals(
                    "[\"connected websocket\"]",
                    page.evaluate("happened.filter(what => !what.startsWith('done'))")
                            .toString());
        }
    }

    @Test
    void somebodyElseWhoSignsInGetsNothingOfTheLast() {
        String other = Suite.user();
        try (Page page = Suite.open(user)) {
            awaitConnected(page);
            Suite.publish(user, "for the first");
            awaitGot(page, "for the first");
            page.evaluate("(() => history.replaceState(null, '', '?user=" + other + "'))()");
            page.run("inbox.close()");
            page.run("import('/src/index.js').then(({ connect }) => { window.got = []; "
                    + "window.inbox = connect({ session: '/notifications/session' + location.search }); "
                    + "inbox.on('message', ({ body }) => { got.push(body); }); })");
            awaitConnected(page);
            Suite.publish(other, "for the second");
            awaitGot(page, "for the second");
            assertEquals(other, page.evaluate("inbox.user").asText());
        }
    }

    private static String texts(Page page, String messages) {
        return page.evaluate(messages + ".map(({ body }) => body).join(' ')").asText();
    }

    /** The owner's, over STOMP, as another device. */
    static StompClient device(String user) {
        StompClient device = Transport.TCP.client(Suite.gatepost());
        device.connect(user, Token.of(user, "users"));
        return device;
    }
}
