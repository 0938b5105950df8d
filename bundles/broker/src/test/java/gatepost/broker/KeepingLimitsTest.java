package gatepost.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.broker.quota.DeadLetters;
import gatepost.broker.quota.Ledger;
import gatepost.broker.selector.Selectors;
import gatepost.contracts.QuotaReached;
import jakarta.jms.Connection;
import jakarta.jms.MessageConsumer;
import jakarta.jms.ResourceAllocationException;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ActiveMQTempQueue;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.TransactionId;
import org.apache.activemq.usage.StoreUsage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user can make the broker keep. */
class KeepingLimitsTest {

    private static final ActiveMQQueue INBOX = new ActiveMQQueue("app.inbox");
    private static final ActiveMQQueue MALLORYS = new ActiveMQQueue("user.mallory");
    private static final int LARGE = 100 << 10;
    private static final long PATIENCE = 20_000;

    @TempDir
    private Path data;

    private Ledger ledger;
    private BrokerService broker;

    @AfterEach
    void stop() throws Exception {
        broker.stop();
        broker.waitUntilStopped();
    }

    @ParameterizedTest
    @ValueSource(strings = {"journal", "memory"})
    void whatAUserHoldsInTemporaryQueuesIsBoundedOverAllConnectionsAndGivenBackWithThem(String store) throws Exception {
        start(Map.of("store", store, "user.memory", "1000000"));
        List<TestClient> connections = List.of(client("mallory"), client("mallory"), client("mallory"));
        Map<ActiveMQTempQueue, TestClient> queues = new HashMap<>();
        for (TestClient connection : connections) {
            queues.put(connection.temporaryQueue(), connection);
        }

        int taken = 0;
        QuotaReached refusal = null;
        while (refusal == null) {
            for (Map.Entry<ActiveMQTempQueue, TestClient> queue : queues.entrySet()) {
                try {
                    queue.getValue().send(queue.getKey(), LARGE, taken % 2 == 0);
                    taken++;
                } catch (QuotaReached e) {
                    refusal = e;
                }
            }
        }

        assertEquals(9, taken);
        assertEquals(
                "of what user mallory sent, 1000000 bytes may be held outside the store (user.memory)",
                refusal.getMessage());
        TestClient bob = client("bob");
        bob.send(bob.temporaryQueue(), LARGE, false);
        TestClient application = application();
        ActiveMQTempQueue answers = application.temporaryQueue();
        for (int i = 0; i < 20; i++) {
            application.send(answers, LARGE, false);
        }
        assertTrue(ledger.held().refused() > 0);

        for (Map.Entry<ActiveMQTempQueue, TestClient> queue : queues.entrySet()) {
            queue.getValue().remove(queue.getKey());
        }
        assertEquals(0, ledger.held().users().of("mallory").bytes());
    }

    @Test
    void memoryIsBoundedForAllTogetherAlsoForTrustedAccounts() throws Exception {
        start(Map.of("memory.percent", "1", "user.memory", "0"));
        TestClient application = application();
        ActiveMQTempQueue answers = application.temporaryQueue();
        long limit = broker.getSystemUsage().getMemoryUsage().getLimit();

        QuotaReached refusal = assertThrows(QuotaReached.class, () -> {
            for (long sent = 0; sent <= limit; sent += 1 << 20) {
                application.send(answers, 1 << 20, false);
            }
        });

        assertEquals("memory.percent", refusal.key());
        assertTrue(broker.getSystemUsage().getMemoryUsage().getUsage() <= limit);
        // what has a store goes there
        application.send(INBOX, 1 << 20, true);
        application.remove(answers);
        TestClient bob = client("bob");
        bob.send(bob.temporaryQueue(), LARGE, false);
    }

    /** With so little memory for a queue most of them are on the disk for a while. */
    @Test
    void nonPersistentMessagesAreChargedUntilTheyAreReadWhereverTheyWait() throws Exception {
        start(Map.of("user.memory", "1000000", "queue.memory", "65536"));
        TestClient mallory = client("mallory");
        for (int i = 0; i < 9; i++) {
            mallory.send(INBOX, LARGE, false);
        }
        assertThrows(QuotaReached.class, () -> mallory.send(INBOX, LARGE, false));
        assertEquals(9, ledger.held().users().of("mallory").messages());
        client("bob").send(INBOX, LARGE, false);

        read(INBOX, 10);

        Awaitility.await().until(() -> ledger.held().users().all().isEmpty());
        mallory.send(INBOX, LARGE, false);
    }

    @Test
    void whatExpiresOrIsRolledBackIsNotHeldAnyMore() throws Exception {
        start(Map.of());
        TestClient mallory = client("mallory");
        Message late = mallory.message(INBOX, 10, false);
        late.setExpiration(1);
        mallory.send(late);
        assertTrue(ledger.held().users().all().isEmpty());

        ActiveMQTempQueue own = mallory.temporaryQueue();
        TransactionId transaction = mallory.begin();
        mallory.send(own, 10, false, transaction);
        mallory.rollback(transaction);
        assertTrue(ledger.held().users().all().isEmpty());

        TransactionId committed = mallory.begin();
        mallory.send(own, 10, false, committed);
        mallory.commit(committed);
        assertEquals(1, ledger.held().users().of("mallory").messages());
        mallory.remove(own);
        assertTrue(ledger.held().users().all().isEmpty());
    }

    @Test
    void whatOpenTransactionsHoldIsBounded() throws Exception {
        start(Map.of("user.memory", "1000000"));
        TestClient mallory = client("mallory");
        TransactionId transaction = mallory.begin();
        for (int i = 0; i < 9; i++) {
            mallory.send(INBOX, LARGE, true, transaction);
        }
        TestClient second = client("mallory");
        TransactionId other = second.begin();
        assertThrows(QuotaReached.class, () -> second.send(INBOX, LARGE, true, other));

        mallory.commit(transaction);
        assertTrue(ledger.held().users().all().isEmpty());
        assertEquals(9, ledger.admission().users().of("mallory").messages());
        second.send(INBOX, LARGE, true, other);
    }

    @Test
    void aUsersQuotaOfTheStoreHoldsOverAllQueuesAndAfterARestart() throws Exception {
        Map<String, String> settings = Map.of("user.messages", "10", "user.bytes", "1000000");
        start(settings);
        TestClient mallory = client("mallory");
        for (int i = 0; i < 10; i++) {
            mallory.send(i % 2 == 0 ? INBOX : MALLORYS, 10, true);
        }
        assertEquals(
                "user.messages",
                assertThrows(QuotaReached.class, () -> mallory.send(INBOX, 10, true))
                        .key());
        assertEquals(
                "user.bytes",
                assertThrows(QuotaReached.class, () -> mallory.send(INBOX, 1_000_000, true))
                        .key());
        client("bob").send(INBOX, 10, true);
        for (int i = 0; i < 20; i++) {
            application().send(INBOX, 10, true);
        }

        stop();
        start(settings);

        assertThrows(QuotaReached.class, () -> client("mallory").send(INBOX, 10, true));
        client("bob").send(INBOX, 10, true);
        read(MALLORYS, 5);
        Awaitility.await().until(() -> ledger.admission().users().of("mallory").messages() == 5);
        client("mallory").send(INBOX, 10, true);
    }

    @Test
    void aRefusedSendOrCommitLeavesNothing() throws Exception {
        start(Map.of("user.messages", "3"));
        TestClient mallory = client("mallory");
        mallory.send(INBOX, 10, true);
        TransactionId transaction = mallory.begin();
        for (int i = 0; i < 3; i++) {
            mallory.send(INBOX, 10, true, transaction);
        }

        Throwable cause = assertThrows(Exception.class, () -> mallory.commit(transaction));
        while (cause.getCause() != null && !(cause instanceof QuotaReached)) {
            cause = cause.getCause();
        }

        assertInstanceOf(QuotaReached.class, cause);
        assertEquals(1, held(INBOX));
        mallory.send(INBOX, 10, true);
        mallory.send(INBOX, 10, true);
        assertThrows(QuotaReached.class, () -> mallory.send(INBOX, 10, true));
        read(INBOX, 3);
    }

    @Test
    void theLastTenthOfTheStoreIsForTrustedAccounts() throws Exception {
        start(Map.of());
        StoreUsage usage = broker.getSystemUsage().getStoreUsage();
        usage.setLimit(usage.getUsage() + (20L << 20));
        TestClient mallory = client("mallory");
        ResourceAllocationException refusal = assertThrows(ResourceAllocationException.class, () -> {
            for (int i = 0; i < 300; i++) {
                mallory.send(INBOX, LARGE, true).getMessageId();
                Awaitility.await()
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> ledger.admission().users().of("mallory").bytes() <= usage.getUsage());
            }
        });

        assertFalse(refusal instanceof QuotaReached);
        assertTrue(usage.isFull(89) && !usage.isFull(95), usage::toString);
        application().send(INBOX, LARGE, true);
        assertEquals(1, ledger.scarceRefused());
        TestClient bob = client("bob");
        bob.send(bob.temporaryQueue(), 10, true);
        usage.setLimit(usage.getUsage() * 2);
        bob.send(INBOX, 10, true);
    }

    @Test
    void aLimitIsChangedWhileTheBrokerRuns() throws Exception {
        start(Map.of("user.messages", "1", "queue.messages.max", "3"));
        TestClient mallory = client("mallory");
        mallory.send(INBOX, 10, true);
        assertThrows(QuotaReached.class, () -> mallory.send(INBOX, 10, true));

        ledger.limit(settings(Map.of("user.messages", "2", "queue.messages.max", "3"))
                .live()
                .keeping());

        mallory.send(INBOX, 10, true);
        assertThrows(QuotaReached.class, () -> mallory.send(INBOX, 10, true));
        client("bob").send(INBOX, 10, true);
        assertEquals(
                "queue.messages.max",
                assertThrows(QuotaReached.class, () -> application().send(INBOX, 10, true))
                        .key());
    }

    @Test
    void whoSentAMessageIsSaidByTheBrokerAndByNobodyElse() throws Exception {
        start(Map.of());
        assertEquals("mallory", client("mallory").send(INBOX, 10, true).getUserID());
    }

    @Test
    void ofTheDeadLettersTheOldestGoWhenThereAreTooMany() throws Exception {
        start(Map.of("dead.letters", "10"));
        TestClient application = application();
        List<String> refused = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            Message message = application.send(MALLORYS, 10, true);
            refuse(message);
            refused.add(message.getMessageId().toString());
            // what comes faster than the oldest go is dropped above twice the limit
            Awaitility.await().until(() -> held(DeadLetters.QUEUE) <= 10);
        }

        assertEquals(refused.subList(15, 25), read(DeadLetters.QUEUE, 10));
        assertEquals(15, ledger.deadLetters().dropped());
    }

    @RepeatedTest(10)
    void theDeadLettersAreBoundedInBytes() throws Exception {
        start(Map.of("dead.letters.bytes", "1000000"));
        TestClient application = application();
        for (int i = 0; i < 15; i++) {
            refuse(application.send(MALLORYS, LARGE, true));
        }
        refuse(application.send(MALLORYS, 1_000_000, true));

        Awaitility.await().until(() -> held(DeadLetters.QUEUE) == 9);
        assertEquals(7, ledger.deadLetters().dropped());
    }

    @Test
    void nobodyWhoIsNotTrustedHasMoreThanATenthOfTheDeadLetters() throws Exception {
        start(Map.of("dead.letters", "30"));
        refuse(application().send(MALLORYS, 10, true));
        for (int i = 0; i < 20; i++) {
            refuse(client("mallory").send(MALLORYS, 10, true));
        }
        refuse(client("bob").send(MALLORYS, 10, true));

        assertEquals(5, held(DeadLetters.QUEUE));
        assertEquals(17, ledger.deadLetters().dropped());
    }

    @Test
    void nothingOfATemporaryDestinationBecomesADeadLetter() throws Exception {
        start(Map.of());
        TestClient mallory = client("mallory");
        refuse(mallory.send(mallory.temporaryQueue(), 10, true));

        assertEquals(0, held(DeadLetters.QUEUE));
    }

    private void refuse(Message message) throws Exception {
        message.setRegionDestination(broker.getDestination(message.getDestination()));
        broker.getBroker()
                .sendToDeadLetterQueue(broker.getAdminConnectionContext(), message, null, new Throwable("refused"));
    }

    private TestClient client(String user) throws Exception {
        return new TestClient(broker, user, false);
    }

    private TestClient application() throws Exception {
        return new TestClient(broker, "application", true);
    }

    private void start(Map<String, String> changes) throws Exception {
        BrokerSettings settings = settings(changes);
        ledger = new Ledger();
        broker = BrokerAssembly.assemble(settings, new Selectors(settings.live().selectors()), ledger);
        broker.getSystemUsage().getStoreUsage().setLimit(settings.live().storeLimit());
        broker.start();
        broker.waitUntilStarted();
    }

    private BrokerSettings settings(Map<String, String> changes) throws Exception {
        Map<String, Object> values = new HashMap<>(Map.of("name", "test", "data", data.toString()));
        values.putAll(changes);
        return BrokerSettings.of(values);
    }

    private long held(ActiveMQDestination queue) throws Exception {
        Destination there = broker.getDestination(queue);
        return there.getDestinationStatistics().getMessages().getCount();
    }

    /** @return the ids of the messages */
    private List<String> read(ActiveMQQueue queue, int count) throws Exception {
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("vm://test?create=false");
        factory.setWatchTopicAdvisories(false);
        List<String> ids = new ArrayList<>();
        try (Connection connection = factory.createConnection()) {
            connection.start();
            MessageConsumer consumer =
                    connection.createSession(false, Session.AUTO_ACKNOWLEDGE).createConsumer(queue);
            while (ids.size() < count) {
                jakarta.jms.Message message = consumer.receive(PATIENCE);
                ids.add(message == null ? "nothing" : message.getJMSMessageID());
            }
            consumer.close();
        }
        return ids;
    }
}
