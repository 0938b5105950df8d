package gatepost.itests.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Queues;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was seen, read and archived, in every tab. */
@ExtendWith(Suite.class)
class ReadStateIT {

    private static final String STATE = "/gatepost/inbox/state";

    private final Gatepost gatepost = Suite.gatepost();
    private final Owner owner = Owner.next();

    /** Watches the state of the owner's inbox. */
    private Tab watch(Transport transport) {
        return Tab.open(transport, owner.name(), owner.name(), STATE);
    }

    private static long number(ServerFrame state, String member) {
        Matcher found = Pattern.compile("\"" + member + "\":(\\d+)").matcher(state.text());
        assertTrue(found.find(), () -> "no " + member + " in " + state.text());
        return Long.parseLong(found.group(1));
    }

    /** Reads on until the state says so; what comes before it is older. */
    private static ServerFrame awaitState(Tab watcher, String part) {
        while (true) {
            ServerFrame state = watcher.next();
            if (state.text().contains(part)) {
                return state;
            }
        }
    }

    private ServerFrame ask(String what, String... headers) {
        try (StompClient client = owner.client()) {
            return Tab.receipt(client.request(ClientFrame.of("SEND", "destination:/gatepost/inbox/" + what)
                    .with(headers)));
        }
    }

    private static String[] one(ServerFrame receipt) {
        return new String[] {"gatepost-offset:" + Position.offset(receipt), "gatepost-epoch:" + Position.epoch(receipt)
        };
    }

    private static String[] upTo(ServerFrame receipt) {
        return new String[] {"gatepost-upto:" + Position.offset(receipt), "gatepost-epoch:" + Position.epoch(receipt)};
    }

    @ParameterizedTest
    @EnumSource
    void whoWatchesIsToldAtOnceAndAfterEachChange(Transport transport) {
        List<ServerFrame> receipts = owner.publishAll("1", "2", "3");
        try (Tab watcher = watch(transport);
                Tab other = watch(Transport.TCP)) {
            for (Tab each : List.of(watcher, other)) {
                ServerFrame state = each.next();
                assertEquals("application/json", state.header("content-type"));
                assertEquals(STATE, state.header("destination"));
                assertEquals(
                        "{\"epoch\":\"" + Position.epoch(receipts.get(0)) + "\",\"head\":"
                                + Position.offset(receipts.get(2)) + ",\"seen\":0,\"unseen\":3,\"unread\":3}",
                        state.text());
            }
            ask("seen", upTo(receipts.get(1)));
            ask("read", one(receipts.get(0)));
            for (Tab each : List.of(watcher, other)) {
                ServerFrame state = awaitState(each, "\"read\":[" + Position.offset(receipts.get(0)) + "]");
                assertEquals(Position.offset(receipts.get(1)), number(state, "seen"));
                assertEquals(1, number(state, "unseen"));
                assertEquals(2, number(state, "unread"));
            }
            ask("unread", one(receipts.get(0)));
            assertEquals(3, number(awaitState(watcher, "{\"unread\":["), "unread"));
            ask("archive", one(receipts.get(2)));
            assertEquals(2, number(awaitState(watcher, "\"archived\":["), "unread"));
            try (Tab tab = owner.tab("ack:client-individual")) {
                tab.acknowledge(tab.next());
            }
            ServerFrame done = awaitState(watcher, "\"done\":[" + Position.offset(receipts.get(0)) + "]");
            assertEquals(2, number(done, "unread"), "done, seen and read are independent");
        }
    }

    @Test
    void allUpToAMessageAreReadAtOnceAndMessagesSayIt() throws InterruptedException {
        List<ServerFrame> receipts = owner.publishAll("1", "2", "3");
        ask("read", upTo(receipts.get(1)));
        ask("archive", one(receipts.get(1)));
        gatepost.kill();
        gatepost.start();
        assertEquals(
                "read|read,archived|null",
                String.join(
                        "|",
                        owner.log().stream()
                                .map(message -> String.valueOf(message.header("gatepost-state")))
                                .toList()));
        try (Tab tab = owner.tab()) {
            tab.next(3);
        }
        try (Tab watcher = watch(Transport.TCP)) {
            ServerFrame state = watcher.next();
            assertEquals(1, number(state, "unread"));
            assertEquals(3, number(state, "unseen"));
        }
        assertEquals(
                "done,read|done,read,archived|done",
                String.join(
                        "|",
                        owner.log().stream()
                                .map(message -> message.header("gatepost-state"))
                                .toList()));
    }

    @Test
    void seenOnlyRisesAndSurvivesARestart() throws InterruptedException {
        List<ServerFrame> receipts = owner.publishAll("1", "2");
        assertNull(ask("seen", upTo(receipts.get(1))).header("gatepost-settled"));
        assertEquals("false", ask("seen", upTo(receipts.get(0))).header("gatepost-settled"));
        gatepost.kill();
        gatepost.start();
        try (Tab watcher = watch(Transport.TCP)) {
            ServerFrame state = watcher.next();
            assertEquals(Position.offset(receipts.get(1)), number(state, "seen"));
            assertEquals(0, number(state, "unseen"));
        }
    }

    @Test
    void whatHasGoneIsTold() {
        owner.publish("wrong", "gatepost-id:1");
        ServerFrame expiring = owner.publish("late", "expires:" + (System.currentTimeMillis() + 1_000));
        try (Tab watcher = watch(Transport.TCP);
                StompClient application = Queues.admin(gatepost)) {
            assertEquals(2, number(watcher.next(), "unread"));
            application.done(ClientFrame.of(
                    "SEND",
                    "destination:/gatepost/withdraw",
                    "gatepost-destination:" + owner.inbox(),
                    "gatepost-id:1"));
            assertEquals(1, number(awaitState(watcher, "\"withdrawn\":["), "unread"));
            ServerFrame expired = awaitState(watcher, "\"withdrawn\":[" + Position.offset(expiring) + "]");
            assertEquals(0, number(expired, "unread"));
        }
    }

    @Test
    void aPurgeIsAReasonToReloadAndMarksBeginAnew() {
        ServerFrame receipt = owner.publish("1");
        ask("seen", upTo(receipt));
        try (Tab watcher = watch(Transport.TCP)) {
            watcher.next();
            gatepost.shell("gatepost:queue-purge user." + owner.name());
            ServerFrame state = awaitState(watcher, "\"reload\":true");
            assertEquals(0, number(state, "seen"));
            assertEquals(0, number(state, "unread"));
            assertEquals(
                    "false", ask("seen", upTo(receipt)).header("gatepost-settled"), "another epoch changes nothing");
        }
    }

    @Test
    void theLastChangeOfManyIsToldAndFewAreTold() {
        try (Tab watcher = watch(Transport.TCP);
                StompClient application = Queues.admin(gatepost)) {
            watcher.next();
            for (int i = 0; i < 500; i++) {
                application.send(ClientFrame.send(owner.inbox(), "message " + i));
            }
            long began = System.nanoTime();
            int told = 0;
            long unread = 0;
            while (unread < 500) {
                unread = number(watcher.next(), "unread");
                told++;
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            assertTrue(told <= 4 * seconds + 2, told + " in " + seconds + " s");
        }
    }

    @Test
    void nobodyMarksInAnothersInboxNorWatchesIt() {
        ServerFrame receipt = owner.publish("1");
        Owner other = Owner.next();
        try (StompClient client = other.client()) {
            // there is no way to name another's: what is named by an offset of theirs is one's own
            ServerFrame answer = client.request(
                    ClientFrame.of("SEND", "destination:/gatepost/inbox/read").with(one(receipt)));
            assertEquals("false", Tab.receipt(answer).header("gatepost-settled"));
        }
        try (Tab watcher = watch(Transport.TCP)) {
            assertEquals(1, number(watcher.next(), "unread"));
        }
        try (Tab watcher = Tab.open(Transport.TCP, other.name(), other.name(), STATE)) {
            assertEquals(0, number(watcher.next(), "unread"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seen gatepost-epoch:e",
                "seen gatepost-upto:1",
                "seen gatepost-upto:x gatepost-epoch:e",
                "read gatepost-epoch:e",
                "read gatepost-upto:1 gatepost-offset:1 gatepost-epoch:e",
                "read gatepost-offset:1 gatepost-epoch:e gatepost-inbox:other",
                "archive gatepost-offset:-1 gatepost-epoch:e",
                "everything gatepost-offset:1 gatepost-epoch:e"
            })
    void whatCannotBeUsedIsAnErrorThatNamesIt(String request) {
        String[] parts = request.split(" ");
        try (StompClient client = owner.client()) {
            String[] headers = Arrays.copyOfRange(parts, 1, parts.length);
            ServerFrame answer = client.request(ClientFrame.of("SEND", "destination:/gatepost/inbox/" + parts[0])
                    .with(headers));
            assertEquals("ERROR", answer.command());
            assertTrue(answer.header("message").contains("gatepost-")
                    || answer.header("message").contains("/gatepost/"));
        }
    }

    @Test
    void aRevocationCutsWhoWatches() {
        try (Tab watcher = watch(Transport.TCP)) {
            watcher.next();
            gatepost.shell("gatepost:session-close --user " + owner.name());
            assertEquals("ERROR", watcher.client().frame().command());
        }
    }
}
