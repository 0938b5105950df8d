package gatepost.inbox;

import static gatepost.inbox.TestBroker.ALICE;
import static gatepost.inbox.TestBroker.APPLICATION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.broker.trace.MessageStory;
import gatepost.contracts.Durability;
import gatepost.contracts.inbox.InboxLimits;
import jakarta.jms.JMSException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.activemq.command.ActiveMQQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** How much may wait in an inbox, and what becomes of the rest. */
class InboxLimitsTest {

    private static final ActiveMQQueue PLAIN = new ActiveMQQueue("app.plain");
    private static final int SMALL = 10;
    private static final int LARGE = 100_000;

    @TempDir
    private Path folder;

    private TestBroker broker;
    private Client application;
    private Client alice;

    @BeforeEach
    void start() throws Exception {
        broker = new TestBroker(folder);
        application = broker.client(APPLICATION);
        alice = broker.client("alice");
    }

    @AfterEach
    void stop() throws Exception {
        application.close();
        alice.close();
        broker.close();
    }

    @Test
    void oneMessageTooManyIsRefusedUntilThereIsRoom() throws Exception {
        broker.limits = new InboxLimits(2, 0, false);
        send(2);

        assertRefused(
                "the inbox user.alice may hold 2 messages (inbox.messages)", () -> application.send(ALICE, 2, SMALL));
        assertEquals(1, refused("inbox.messages"));
        assertEquals(List.of(0), alice.take(ALICE, 1));
        application.send(ALICE, 3, SMALL);
        assertEquals(List.of(1, 3), alice.take(ALICE, 2));
    }

    @Test
    void aByteTooMuchIsRefused() throws Exception {
        broker.limits = new InboxLimits(0, 250_000, false);
        application.send(ALICE, 0, LARGE);
        application.send(ALICE, 1, LARGE);

        assertRefused(
                "the inbox user.alice may hold 250000 bytes (inbox.bytes)", () -> application.send(ALICE, 2, LARGE));
        assertEquals(1, refused("inbox.bytes"));
        application.send(ALICE, 3, SMALL);
        assertEquals(List.of(0, 1, 3), alice.look(ALICE));
    }

    @Test
    void aPlainQueueHasTheQuotaOfQueuesAndNoInboxHas() throws Exception {
        broker.limits = new InboxLimits(2, 0, false);
        assertRefused("(queue.bytes.max)", () -> application.send(PLAIN, 0, SMALL));
        send(2);
    }

    @Test
    void whatIsDoneDoesNotCount() throws Exception {
        broker.history = new HistoryLimits(100, 1 << 20, 60_000);
        broker.limits = new InboxLimits(2, 0, false);
        send(2);
        alice.take(ALICE, 2);
        send(2);
        assertEquals(List.of(0, 1, 0, 1), alice.look(ALICE));
    }

    @Test
    void whatIsNotPersistentCountsToo() throws Exception {
        broker.limits = new InboxLimits(2, 0, false);
        application.sendUnstored(ALICE, 0, SMALL);
        application.send(ALICE, 1, SMALL);

        assertRefused("(inbox.messages)", () -> application.sendUnstored(ALICE, 2, SMALL));
        assertRefused("(inbox.messages)", () -> application.send(ALICE, 2, SMALL));
        alice.take(ALICE, 2);
        application.sendUnstored(ALICE, 3, SMALL);
        application.sendUnstored(ALICE, 4, SMALL);
        assertEquals(List.of(3, 4), alice.take(ALICE, 2));
    }

    @Test
    void manyWhoSendAtOnceStayWithinTheLimit() throws Exception {
        broker.limits = new InboxLimits(10, 0, false);
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Future<Integer>> senders = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            senders.add(threads.submit(this::sendUntilRefused));
        }
        int taken = 0;
        for (Future<Integer> sender : senders) {
            taken += sender.get();
        }
        threads.shutdown();
        assertEquals(10, taken);
        assertEquals(10, alice.look(ALICE).size());
    }

    private int sendUntilRefused() throws Exception {
        try (Client one = broker.client(APPLICATION)) {
            for (int sent = 0; ; sent++) {
                try {
                    one.send(ALICE, sent, SMALL);
                } catch (JMSException e) {
                    return sent;
                }
            }
        }
    }

    @Test
    void anotherLimitHoldsFromTheNextMessageOn() throws Exception {
        broker.limits = new InboxLimits(3, 0, false);
        send(3);
        broker.limits = new InboxLimits(2, 0, false);
        assertRefused("2 messages", () -> application.send(ALICE, 3, SMALL));
        assertEquals(List.of(0, 1, 2), alice.look(ALICE));
        broker.limits = new InboxLimits(4, 0, false);
        application.send(ALICE, 3, SMALL);
        broker.limits = new InboxLimits(2, 0, true);
        application.send(ALICE, 4, SMALL);
        assertEquals(List.of(3, 4), alice.look(ALICE));
    }

    @Test
    void theOldestGoWhereTheOperatorSaysSo() throws Exception {
        broker.limits = new InboxLimits(3, 0, true);
        send(5);

        assertEquals(List.of(2, 3, 4), alice.look(ALICE));
        assertEquals(2, broker.ledger.inboxes().dropped());
        assertEquals(0, refused("inbox.messages"));
        assertEquals(
                List.of(
                        Optional.of("dropped"),
                        Optional.of("dropped"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                broker.trace.of("alice").stream().map(MessageStory::outcome).toList());
    }

    @Test
    void asManyOfTheOldestGoAsTheNewestHasBytes() throws Exception {
        broker.limits = new InboxLimits(0, 250_000, true);
        for (int i = 0; i < 10; i++) {
            application.send(ALICE, i, 10_000);
        }
        application.sendUnstored(ALICE, 10, LARGE);
        application.send(ALICE, 11, LARGE);

        List<Integer> left = alice.look(ALICE);
        assertTrue(left.size() < 8 && left.contains(9) && left.contains(10) && left.contains(11), left::toString);
        application.send(ALICE, 12, 240_000);
        assertEquals(List.of(12), alice.look(ALICE));
    }

    @Test
    void oneThatIsLargerThanAllMayBeIsRefusedAndNothingGoesForIt() throws Exception {
        broker.limits = new InboxLimits(0, 250_000, true);
        send(2);
        assertRefused("250000 bytes (inbox.bytes)", () -> application.send(ALICE, 2, 300_000));
        assertRefused("250000 bytes (inbox.bytes)", () -> application.sendUnstored(ALICE, 2, 300_000));
        assertEquals(List.of(0, 1), alice.look(ALICE));
    }

    @Test
    void aCommitOfTooMuchIsRefusedWhole() throws Exception {
        broker.limits = new InboxLimits(3, 0, false);
        for (int i = 0; i < 4; i++) {
            application.sendInTransaction(ALICE, i, SMALL, "");
        }
        assertThrows(JMSException.class, application::commit);
        assertEquals(1, refused("inbox.messages"));
        assertEquals(List.of(), alice.look(ALICE));
        send(3);
    }

    @Test
    void forACommitTheOldestGo() throws Exception {
        broker.limits = new InboxLimits(3, 0, true);
        send(2);
        for (int i = 2; i < 6; i++) {
            application.sendInTransaction(ALICE, i, SMALL, "");
        }
        application.commit();
        assertEquals(List.of(3, 4, 5), alice.look(ALICE));
    }

    @Test
    void whatMayBeSkippedLeavesNothingInAFullInboxAndIsNoError() throws Exception {
        broker.limits = new InboxLimits(2, 0, false);
        assertFalse(application.sendOrSkip(ALICE, 0, SMALL).refusal().isPresent());
        send(1);

        Durability skipped = application.sendOrSkip(ALICE, 2, SMALL);

        assertEquals(Optional.of("full"), skipped.refusal());
        assertTrue(skipped.isSafe());
        assertEquals(Optional.empty(), skipped.position());
        assertEquals(List.of(0, 0), alice.look(ALICE));
        assertEquals(1, broker.ledger.inboxes().skipped());
        assertEquals(Optional.of("refused"), broker.trace.of("alice").get(2).outcome());
    }

    @Test
    void inATransactionAndInAQueueThatIsNoInboxNothingIsSkipped() throws Exception {
        broker.limits = new InboxLimits(1, 0, false);
        send(1);
        assertRefused("(inbox.messages)", () -> application.sendInTransaction(ALICE, 1, SMALL, "skip"));
        application.rollback();
        assertRefused("(queue.bytes.max)", () -> application.sendOrSkip(PLAIN, 0, SMALL));
        assertEquals(0, broker.ledger.inboxes().skipped());
    }

    @Test
    void whatMayBeSkippedIsAlsoWhenTheStoreIsFull() throws Exception {
        send(1);
        broker.usage().setLimit(broker.usage().getUsage());

        assertEquals(
                Optional.of("full"), application.sendOrSkip(ALICE, 1, SMALL).refusal());
        assertRefused("the store is full", () -> application.send(ALICE, 1, SMALL));
        assertEquals(List.of(0), alice.look(ALICE));
    }

    @Test
    void anInboxWithNothingInItIsForgottenWhenTheOperatorSaysSoAndNotBefore() throws Exception {
        send(1);
        alice.take(ALICE, 1);
        Awaitility.await().until(() -> !broker.isLoaded(ALICE));
        // a plain queue is, by then
        broker.ledger.admission().limit(gatepost.store.quota.Quotas.NONE);
        application.send(PLAIN, 0, SMALL);
        alice.take(PLAIN, 1);
        Awaitility.await().until(() -> !broker.store.holds(PLAIN));
        assertTrue(broker.store.holds(ALICE));

        broker.forgetAfter = 1;

        Awaitility.await().until(() -> !broker.store.holds(ALICE));
    }

    private void send(int count) throws JMSException {
        for (int i = 0; i < count; i++) {
            application.send(ALICE, i, SMALL);
        }
    }

    private static void assertRefused(String reason, Executable action) {
        String message = assertThrows(JMSException.class, action).getMessage();
        assertTrue(message.contains(reason), message);
    }

    private long refused(String key) {
        return broker.ledger.admission().refused().get(key).sum();
    }
}
