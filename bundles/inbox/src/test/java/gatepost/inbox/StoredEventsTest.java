package gatepost.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.Durability;
import gatepost.contracts.events.EventRecords;
import gatepost.contracts.events.EventRecords.WaitingMessage;
import gatepost.contracts.events.EventReport;
import gatepost.contracts.events.EventReports;
import gatepost.contracts.events.EventType;
import gatepost.contracts.events.UserEvent;
import gatepost.contracts.inbox.Note;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.activemq.command.ActiveMQQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is reported of messages, and how it is recorded with the inboxes of whom it is about. */
class StoredEventsTest {

    private static final int WAIT = 10_000;
    /** Milliseconds that a message certainly has to come to its inbox. */
    private static final long TTL = 1_000;

    @TempDir
    private Path folder;

    private OperatedBroker broker;
    private EventRecords records;
    private final Told told = new Told();

    @BeforeEach
    void start() throws Exception {
        broker = new OperatedBroker(folder);
        broker.reports(told);
        records = broker.events();
    }

    @AfterEach
    void stop() throws Exception {
        broker.close();
    }

    @Test
    void whatTheOwnerHasDoneIsRecordedWithThat() throws Exception {
        broker.send("user.alice", "gatepost-id", "order-17");
        try (MessageConsumer consumer = broker.consumer("user.alice")) {
            consumer.receive(WAIT).acknowledge();
        }
        told.awaitWritten(1);
        restart();

        UserEvent event = told.events.get(0);
        assertEquals(EventType.MESSAGE_DONE, event.type());
        assertEquals("alice", event.user());
        assertEquals("/queue/user.alice", event.facts().get("destination"));
        assertEquals("order-17", event.facts().get("id"));
        assertEquals(
                event.key(), event.facts().get("epoch") + "." + event.facts().get("offset"));
        assertEquals(Map.of("event:test:" + event.key(), "alice"), all());
    }

    @Test
    void nothingIsRecordedThatNobodyWants() throws Exception {
        told.wanted = false;
        broker.send("user.alice");
        try (MessageConsumer consumer = broker.consumer("user.alice")) {
            consumer.receive(WAIT).acknowledge();
        }

        assertEquals(List.of(), told.events);
        assertEquals(Map.of(), all());
    }

    @Test
    void aTransactionTellsWithItsCommitAlone() throws Exception {
        broker.send("user.alice");
        Session session = broker.transacted();
        MessageConsumer consumer = session.createConsumer(new ActiveMQQueue("user.alice"));
        consumer.receive(WAIT);
        session.rollback();
        assertEquals(Map.of(), all());
        consumer.receive(WAIT);

        session.commit();

        assertEquals(1, all().size());
        assertEquals(told.events.size() - 1, told.dropped.size());
        session.close();
    }

    @Test
    void whatExpiresBeforeItIsDoneIsTold() throws Exception {
        long before = records.head();
        broker.send(TTL, "user.alice", "gatepost-id", "late");
        long expired = System.currentTimeMillis() + TTL;
        assertTrue(records.head() > before, "it is there, and has not expired on its way");
        while (System.currentTimeMillis() <= expired) {
            Thread.onSpinWait();
        }
        try (MessageConsumer consumer = broker.consumer("user.alice")) {
            broker.send("user.alice");
            consumer.receive(WAIT);
        }
        told.awaitWritten(1);

        assertEquals(EventType.MESSAGE_EXPIRED, told.events.get(0).type());
        assertEquals("late", told.events.get(0).facts().get("id"));
    }

    @Test
    void aPurgeKeepsEventsAndAnErasureDoesNot() throws Exception {
        records.note("alice", List.of(note("event:test:1", "x"), note("event:test:2", "y")))
                .await();
        broker.users().purge("alice", Optional.empty());
        assertEquals(2, all().size());
        restart();
        assertEquals(2, all().size());

        broker.users().erase("alice");

        assertEquals(Map.of(), all());
        assertTrue(records.read("user.alice", "event:test:1").isEmpty());
        records.forget("user.alice", "event:test:1").await();
        assertFalse(broker.users().users().contains("alice"), "it does not come back to be forgotten");
    }

    @Test
    void whatIsForgottenIsNotThereAfterAStart() throws Exception {
        records.note("bob", List.of(note("event:test:1", "x"))).await();
        assertEquals("x", text(records.read("user.bob", "event:test:1").orElseThrow()));

        records.forget("user.bob", "event:test:1").await();
        restart();

        assertEquals(Map.of(), all());
        assertEquals(Optional.of("user.bob"), records.queue("bob"));
        assertThrows(IOException.class, () -> records.note("a.*", List.of(note("event:test:1", "x"))));
    }

    @Test
    void whatWaitsBetweenTwoOffsetsIsFoundInInboxesThatAreNotLoadedToo() throws Exception {
        broker.send("user.alice", "gatepost-id", "before");
        final long from = records.head();
        broker.send("user.alice", "gatepost-id", "one");
        broker.send("user.bob", "gatepost-id", "two");
        final long to = records.head();
        broker.send("user.bob", "gatepost-id", "after");
        restart();

        List<WaitingMessage> found = new ArrayList<>();
        records.forEachWaiting(from, to, found::add);

        assertEquals(
                Map.of("alice", "one", "bob", "two"),
                Map.of(
                        found.get(0).user(), found.get(0).id().orElseThrow(),
                        found.get(1).user(), found.get(1).id().orElseThrow()));
        assertEquals(2, found.size());
        assertFalse(broker.isLoaded("user.bob"));
        assertTrue(found.get(0).came().orElseThrow() <= System.currentTimeMillis());
    }

    @Test
    void aMessageIsNotedForAsLongAsItWaits() throws Exception {
        long from = records.head();
        broker.send("user.alice");
        List<WaitingMessage> found = new ArrayList<>();
        records.forEachWaiting(from, records.head(), found::add);
        WaitingMessage message = found.get(0);

        assertTrue(records.isWaiting(message));
        records.note(message, List.of(note("event:test:1", "x"))).orElseThrow().await();
        try (MessageConsumer consumer = broker.consumer("user.alice")) {
            consumer.receive(WAIT).acknowledge();
        }

        assertFalse(records.isWaiting(message));
        assertTrue(records.note(message, List.of(note("event:test:2", "x"))).isEmpty());
        assertTrue(records.read("user.alice", "event:test:2").isEmpty());
        broker.users().purge("alice", Optional.empty());
        assertFalse(records.isWaiting(message), "the epoch is another");
    }

    @Test
    void whoHearsOfEventsIsRememberedInALedger() throws Exception {
        records.record(note("lost:shop", "3")).await();
        restart();

        assertEquals("3", text(records.ledger().get("lost:shop")));
    }

    @Test
    void whoIsOnLineIsToldTogetherWithThat() throws Exception {
        broker.presence()
                .online("bob", 17, told.about(event(EventType.USER_ONLINE)))
                .await();
        assertEquals(Map.of("event:test:17", "bob"), all());
        broker.presence().offline("carol", 18, told.about(event(EventType.USER_OFFLINE)));
        assertEquals(1, told.dropped.size(), "nobody knows carol");

        restart();

        assertEquals(Map.of("bob", 17L), broker.presence().online());
        assertEquals(Map.of("event:test:17", "bob"), all());
    }

    private static UserEvent event(EventType type) {
        return new UserEvent(type, "bob", "17", 17, Map.of());
    }

    private void restart() throws Exception {
        stop();
        start();
    }

    /** @return whose each event is, by its name */
    private Map<String, String> all() throws IOException {
        Map<String, String> all = new TreeMap<>();
        records.forEach((queue, user, name, value) -> all.put(name, user));
        return all;
    }

    private static Note note(String name, String value) {
        return new Note(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }

    /** Wants everything. */
    private static final class Told implements EventReports {

        private final List<UserEvent> events = new CopyOnWriteArrayList<>();
        private final List<Durability> written = new CopyOnWriteArrayList<>();
        private final List<UserEvent> dropped = new CopyOnWriteArrayList<>();
        private volatile boolean wanted = true;

        @Override
        public boolean wants(EventType type) {
            return wanted;
        }

        @Override
        public EventReport about(UserEvent event) {
            events.add(event);
            return new EventReport() {

                @Override
                public List<Note> notes() {
                    return List.of(
                            note("event:test:" + event.key(), event.type().text()));
                }

                @Override
                public void written(String queue, Durability stored) {
                    written.add(stored);
                }

                @Override
                public void dropped() {
                    dropped.add(event);
                }
            };
        }

        private void awaitWritten(int count) throws Exception {
            long end = System.nanoTime() + 10_000_000_000L;
            while (written.size() < count) {
                assertTrue(System.nanoTime() < end, "nothing was told");
                Thread.onSpinWait();
            }
            for (Durability each : written) {
                each.await();
            }
        }
    }
}
