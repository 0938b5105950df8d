package gatepost.itests.inbox;

import static gatepost.itests.harness.ClientFrame.send;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How much waits in an inbox, how long an inbox is known, and what history does when the store is nearly full. */
@ExtendWith(Suite.class)
class LimitsIT {

    private static final String BROKER = "gatepost.broker.cfg";
    private static final Map<String, String> SHIPPED = Map.of(
            "inbox.messages", "10000",
            "inbox.bytes", "67108864",
            "inbox.full", "refuse",
            "inbox.forget", "0",
            "history.bytes", "1048576");

    private final Gatepost gatepost = Suite.gatepost();
    private final Owner owner = Owner.next();

    @AfterEach
    void takeBack() {
        Map<String, String> usual = new TreeMap<>(SHIPPED);
        usual.putAll(Suite.USUAL);
        if (usual.entrySet().stream()
                .anyMatch(one -> !one.getValue().equals(gatepost.setting(Suite.INBOX, one.getKey())))) {
            gatepost.apply(Suite.INBOX, usual);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFullInboxRefusesAndSaysWhichLimitAndTakesMoreOnceThereIsRoom(Transport transport) {
        gatepost.apply(Suite.INBOX, Map.of("inbox.messages", "3"));
        owner.publishAll("1", "2", "3");

        assertRefused(transport, "4", "the inbox user." + owner.name() + " may hold 3 messages (inbox.messages)");
        Owner.next().publish("nobody else notices");
        try (Tab tab = owner.tab("ack:client-individual")) {
            tab.acknowledge(tab.next());
        }
        owner.publish("5");
        assertEquals(List.of("2", "3", "5"), owner.waiting());
        assertEquals(List.of("1"), owner.history(), "what is done needs no room");
    }

    @Test
    void theBytesAreLimited() {
        gatepost.apply(Suite.INBOX, Map.of("inbox.bytes", "100000"));
        owner.publish("x".repeat(60_000));

        assertRefused(
                Transport.TCP,
                "y".repeat(60_000),
                "the inbox user." + owner.name() + " may hold 100000 bytes (inbox.bytes)");
        owner.publish("small");
        assertEquals(2, owner.waiting().size());
    }

    @Test
    void anotherLimitHoldsAtOnceAndTakesNothingAway() {
        owner.publishAll("1", "2", "3");
        gatepost.apply(Suite.INBOX, Map.of("inbox.messages", "2"));
        assertRefused(Transport.TCP, "4", "2 messages (inbox.messages)");
        assertEquals(List.of("1", "2", "3"), owner.waiting());
        gatepost.apply(Suite.INBOX, Map.of("inbox.messages", "4"));
        owner.publish("4");
        assertRefused(Transport.TCP, "5", "4 messages (inbox.messages)");
    }

    @Test
    void theOldestGoAndThatIsAGapAndInTheTrace() {
        double before = metric("gatepost_inbox_messages_dropped_total");
        gatepost.apply(Suite.INBOX, Map.of("inbox.messages", "3", "inbox.full", "oldest"));
        List<ServerFrame> receipts = owner.publishAll("1", "2", "3", "4", "5");

        assertEquals(List.of("3", "4", "5"), owner.waiting());
        assertEquals(before + 2, metric("gatepost_inbox_messages_dropped_total"));
        assertTrue(gatepost.shell("gatepost:message-trace " + owner.name()).contains("dropped at "));
        assertStart(receipts.get(0), true, "3");
        assertStart(receipts.get(1), false, "3");
    }

    @Test
    void whoIsBehindIsToldOfTheGapWhenTheOldestGo() {
        gatepost.apply(Suite.INBOX, Map.of("inbox.messages", "3", "inbox.full", "oldest"));
        try (Tab tab = owner.tab("ack:client-individual", "activemq.prefetchSize:1")) {
            owner.publish("1");
            ServerFrame first = tab.next();
            owner.publishAll("2", "3", "4", "5", "6");

            tab.acknowledge(first);
            ServerFrame next = tab.next();
            assertEquals("4", next.text());
            assertTrue(Position.saysGap(next), next::toString);
            tab.acknowledge(next);
            assertFalse(Position.saysGap(tab.next()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "inbox.messages, many, a whole number",
        "inbox.bytes, 64M, a whole number",
        "inbox.full, newest, 'refuse, oldest'",
        "inbox.forget, never, a whole number"
    })
    void whatCannotBeUsedIsNamedAndChangesNothing(String key, String value, String expected) {
        String log = gatepost.applyRefused(Suite.INBOX, Map.of(key, value));
        assertTrue(log.contains(key) && log.contains(value) && log.contains(expected), log);
    }

    @Test
    void anInboxWithNothingInItIsKnownForEverOrForgotten() {
        gatepost.apply(Suite.INBOX, Map.of("history.messages", "0"));
        String epoch = Position.epoch(takenAtOnce());
        gatepost.restart();
        assertEquals(epoch, Position.epoch(takenAtOnce()));

        gatepost.apply(Suite.INBOX, Map.of("inbox.forget", "1"));
        String list = "gatepost:queue-list user." + owner.name();
        await().until(() -> gatepost.shell(list), answer -> answer.contains("There is no such queue"));

        assertNotEquals(epoch, Position.epoch(takenAtOnce()));
    }

    @Test
    void theOldestHistoryGoesBeforeTheStoreIsFullAndNobodyIsRefused() {
        gatepost.apply(Suite.INBOX, Map.of("history.bytes", "100000000"));
        double before = metric("gatepost_inbox_history_yielded_total");
        String filling = "x".repeat(100_000);
        String[] texts = IntStream.range(0, 80).mapToObj(n -> n + filling).toArray(String[]::new);
        List<ServerFrame> receipts = owner.publishAll(texts);
        try (Tab tab = owner.tab("ack:client")) {
            tab.acknowledge(tab.next(80).get(79));
        }
        await().until(() -> owner.history().size() == 80);
        owner.publish("waits");
        try (Tab behind = owner.tab("ack:client-individual", "gatepost-start:oldest", "activemq.prefetchSize:1")) {
            ServerFrame first = behind.next();
            long limit = (long) (metric("gatepost_store_bytes") / 0.85);
            String log = gatepost.awaitLog(
                    "WARN.*oldest messages of inboxes",
                    () -> gatepost.apply(BROKER, Map.of("store.limit", "" + limit)));
            assertTrue(log.contains("store.limit"), log);
            await().until(() -> metric("gatepost_store_bytes") <= 0.76 * limit);

            List<String> left = owner.history();
            assertTrue(left.size() < 80, () -> left.size() + " are left");
            assertEquals(List.of(texts).subList(80 - left.size(), 80), left, "the oldest go");
            assertEquals(List.of("waits"), owner.waiting());
            assertTrue(metric("gatepost_inbox_history_yielded_total") >= before + 80 - left.size());
            assertStart(receipts.get(0), true, left.isEmpty() ? "waits" : left.get(0));
            behind.acknowledge(first);
            assertTrue(Position.saysGap(behind.next()), "it misses what has gone");
        } finally {
            gatepost.apply(BROKER, Map.of("store.limit", "10737418240"));
        }
    }

    private ServerFrame takenAtOnce() {
        try (Tab tab = owner.tab("ack:client-individual")) {
            ServerFrame receipt = owner.publish("taken");
            tab.acknowledge(tab.next());
            return receipt;
        }
    }

    private void assertRefused(Transport transport, String text, String reason) {
        try (StompClient application = transport.client(gatepost)) {
            application.connect("system", "manager");
            ServerFrame answer = application.request(send(owner.inbox(), text));
            assertEquals("ERROR", answer.command());
            assertTrue(answer.header("message").contains(reason), answer::toString);
            application.expectEnd();
        }
    }

    private void assertStart(ServerFrame behind, boolean gap, String first) {
        try (Tab tab = owner.tab(
                "ack:client",
                "gatepost-offset:" + Position.offset(behind),
                "gatepost-epoch:" + Position.epoch(behind))) {
            assertEquals(gap, Position.saysGap(tab.begun()), () -> "behind " + behind + ": " + tab.begun());
            assertEquals(first, tab.next().text());
        }
    }

    private double metric(String name) {
        return Counted.of(gatepost, name);
    }
}
