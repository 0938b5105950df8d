package gatepost.store.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatepost.contracts.Account;
import gatepost.contracts.Durability;
import gatepost.contracts.QuotaReached;
import gatepost.store.journal.Journal;
import gatepost.store.quota.Charge;
import gatepost.store.quota.Quotas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.command.ActiveMQBytesMessage;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.command.LocalTransactionId;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageAck;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.command.TransactionId;
import org.apache.activemq.security.SecurityContext;
import org.apache.activemq.util.ByteSequence;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is charged for what the journal holds, however it came there and went. */
class StoredChargesTest {

    private static final ActiveMQQueue INBOX = new ActiveMQQueue("app.inbox");
    private static final ActiveMQQueue OTHER = new ActiveMQQueue("app.other");
    private static final List<String> USERS = List.of("alice", "bob", "mallory");
    private static final int SEGMENT = 64 << 10;

    @TempDir
    private Path folder;

    private QueueStores stores;
    private long lastMessage;

    @BeforeEach
    void start() throws IOException {
        stores = new QueueStores(new Journal(folder, SEGMENT));
        stores.start();
    }

    @AfterEach
    void stop() throws IOException {
        stores.stop();
    }

    /** Whatever comes and goes, in whatever order, is charged to its sender, before and after a restart and after a cleaning. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void eachMessageIsChargedToItsSenderForAsLongAsItWaits(long seed) throws IOException {
        Random random = new Random(seed);
        List<Message> waiting = new ArrayList<>();
        for (int step = 0; step < 1_500; step++) {
            int dice = random.nextInt(1000);
            if (dice < 500 || waiting.isEmpty()) {
                waiting.add(send(
                        random.nextBoolean() ? INBOX : OTHER, USERS.get(random.nextInt(3)), random.nextInt(2_000)));
            } else if (dice < 980) {
                Message gone = waiting.remove(random.nextInt(waiting.size()));
                store(gone).removeMessage(null, new MessageAck(gone, MessageAck.INDIVIDUAL_ACK_TYPE, 1));
            } else if (dice < 985) {
                stores.store(OTHER).removeAllMessages(null);
                waiting.removeIf(message -> message.getDestination().equals(OTHER));
            } else {
                waiting.forEach(StoredChargesTest::await);
                Map<String, Charge> before = charges();
                stop();
                start();
                assertEquals(describe(before), describe(charges()));
            }
            assertEquals(counts(waiting), counts());
        }
        waiting.forEach(StoredChargesTest::await);
        long bytes = charges().values().stream().mapToLong(Charge::bytes).sum();
        assertEquals(stores.store(INBOX).getMessageSize() + stores.store(OTHER).getMessageSize(), bytes);
        assertEquals(
                bytes,
                stores.store(INBOX).kept().bytes() + stores.store(OTHER).kept().bytes());
    }

    @Test
    void whatATransactionSentIsChargedAtItsCommitAndWhatItTookIsNotFromThenOn() throws IOException {
        Message first = send(INBOX, "alice", 10);
        TransactionId transaction = begin();
        transacted(transaction, "bob", 10);
        MessageAck ack = new MessageAck(first, MessageAck.INDIVIDUAL_ACK_TYPE, 1);
        ack.setTransactionId(transaction);
        stores.store(INBOX).removeMessage(null, ack);
        assertEquals(Map.of("alice", 1L), counts());

        stores.transactions().commit(transaction);

        assertEquals(Map.of("bob", 1L), counts());
    }

    @Test
    void aCommitOverTheQuotaIsRefusedWhole() throws IOException {
        stores.admission().limit(new Quotas(0, 0, 0, 4));
        send(INBOX, "mallory", 10);
        TransactionId transaction = begin();
        for (int i = 0; i < 4; i++) {
            transacted(transaction, "mallory", 10);
        }

        IOException refusal =
                assertThrows(IOException.class, () -> stores.transactions().commit(transaction));

        assertInstanceOf(QuotaReached.class, refusal.getCause());
        assertEquals(1, stores.store(INBOX).getMessageCount());
        assertEquals(Map.of("mallory", 1L), counts());

        TransactionId smaller = begin();
        for (int i = 0; i < 3; i++) {
            transacted(smaller, "mallory", 10);
        }
        stores.transactions().commit(smaller);
        assertEquals(Map.of("mallory", 4L), counts());
    }

    @Test
    void whatTheCleaningMovesStaysWithItsSender() throws Exception {
        send(INBOX, "alice", 10);
        for (int i = 0; i < 200; i++) {
            Message passing = send(OTHER, "bob", 2_000);
            await(passing);
            store(passing).removeMessage(null, new MessageAck(passing, MessageAck.INDIVIDUAL_ACK_TYPE, 1));
        }
        Awaitility.await("the first file is gone").until(() -> stores.journal().capacity() <= 6 * SEGMENT);
        assertEquals(Map.of("alice", 1L), counts());

        stop();
        start();

        assertEquals(Map.of("alice", 1L), counts());
    }

    private Map<String, Long> counts(List<Message> waiting) {
        Map<String, Long> counts = new TreeMap<>();
        waiting.forEach(message -> counts.merge(message.getUserID(), 1L, Long::sum));
        return counts;
    }

    private Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        charges().forEach((user, charge) -> counts.put(user, charge.messages()));
        return counts;
    }

    private Map<String, Charge> charges() {
        Map<String, Charge> charges = new TreeMap<>();
        stores.admission().users().all().forEach(charge -> charges.put(charge.name(), charge));
        return charges;
    }

    private static String describe(Map<String, Charge> charges) {
        return charges.values().toString();
    }

    private QueueStore store(Message message) {
        return stores.store((ActiveMQQueue) message.getDestination());
    }

    private Message send(ActiveMQQueue queue, String user, int size) throws IOException {
        Message message = message(queue, user, size);
        stores.store(queue).addMessage(signedIn(user), message);
        return message;
    }

    private TransactionId begin() {
        return new LocalTransactionId(new ConnectionId("connection"), ++lastMessage);
    }

    private void transacted(TransactionId transaction, String user, int size) throws IOException {
        Message message = message(INBOX, user, size);
        message.setTransactionId(transaction);
        stores.store(INBOX).addMessage(signedIn(user), message);
    }

    private Message message(ActiveMQQueue queue, String user, int size) {
        ActiveMQBytesMessage message = new ActiveMQBytesMessage();
        message.setDestination(queue);
        message.setMessageId(new MessageId("producer:1:1:1", ++lastMessage));
        message.setContent(new ByteSequence(new byte[size]));
        message.setUserID(user);
        return message;
    }

    private static void await(Message message) {
        try {
            Durability.of(message.getMessageId()).orElseThrow().await();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ConnectionContext signedIn(String user) {
        ConnectionContext context = new ConnectionContext();
        context.setSecurityContext(new SignedIn(user));
        return context;
    }

    private static final class SignedIn extends SecurityContext implements Account {

        SignedIn(String user) {
            super(user);
        }

        @Override
        public String user() {
            return getUserName();
        }

        @Override
        public Instant since() {
            return Instant.EPOCH;
        }

        @Override
        public boolean isTrusted() {
            return false;
        }

        @Override
        public Set<Principal> getPrincipals() {
            return Set.of();
        }
    }
}
