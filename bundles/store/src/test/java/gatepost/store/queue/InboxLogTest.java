package gatepost.store.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.Durability;
import gatepost.store.journal.JournalState;
import gatepost.store.journal.SimulatedDisk;
import gatepost.store.journal.SimulatedJournal;
import gatepost.store.quota.Admission;
import gatepost.store.quota.Charges;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.command.LocalTransactionId;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.TransactionId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each rule of an inbox's log, with starts after a stop and after a kill. */
class InboxLogTest {

    private static final ActiveMQQueue ALICE = new ActiveMQQueue("user.alice");
    private static final ActiveMQQueue BOB = new ActiveMQQueue("user.bob");
    private static final TransactionId TRANSACTION = new LocalTransactionId(new ConnectionId("c"), 1);
    private static final int BLOCK = 100;

    private final SimulatedDisk disk = new SimulatedDisk(new Random(1));
    private SimulatedJournal simulated;
    private QueueStores stores;
    private InboxLog log;
    private int lastNumber;

    @BeforeEach
    void start() throws IOException {
        open();
        log = stores.store(ALICE).log();
    }

    @Test
    void whatIsDoneIsKeptAndWaitsNoMore() throws IOException {
        long first = written();
        long second = written();

        assertTrue(log.done(first, false, true, false).isPresent());

        assertEquals(second, log.waitingAfter(0));
        assertEquals(first, log.after(0));
        assertEquals(first, log.oldestDone());
        assertTrue(log.isDone(first) && !log.isWaiting(first) && log.isWaiting(second));
        assertEquals(1, log.waiting());
        assertEquals(1, log.history());
        assertTrue(log.historyBytes() > 0);
        assertEquals(1, number(log.read(first)));
        assertFalse(log.done(first, false, true, false).isPresent(), "it is done already");
    }

    @Test
    void historyIsThereAfterAStopAndAfterAKill() throws IOException {
        long done = written();
        long refused = written();
        long waiting = written();
        log.done(done, false, true, false);
        log.done(refused, true, true, true);
        write();
        String epoch = log.epoch();

        for (boolean kill : List.of(false, true)) {
            restart(kill);

            assertEquals(epoch, log.epoch());
            assertTrue(log.isDone(done) && !log.isRefused(done));
            assertTrue(log.isDone(refused) && log.isRefused(refused));
            assertEquals(waiting, log.waitingAfter(0));
            assertEquals(2, log.history());
            assertEquals(1, number(log.read(done)));
        }
    }

    @Test
    void whatIsDoneBeforeItIsWrittenIsSafeAtOnceAndWrittenAsHistory() throws IOException {
        Message message = message(ALICE);
        Durability stored = log.add(null, message, true);
        long offset = offset(message);

        Durability done = log.done(offset, false, true, false).orElseThrow();

        assertTrue(stored.isSafe(), "its RECEIPT means on the disk or done");
        assertFalse(done.isSettled());
        assertEquals(message, log.inMemory(offset));
        write();
        assertTrue(done.isSafe());
        restart(true);
        assertTrue(log.isDone(offset));
        assertEquals(1, number(log.read(offset)));
    }

    @Test
    void historyThatCouldNotBeWrittenIsWrittenLater() throws IOException {
        Message message = message(ALICE);
        log.add(null, message, true);
        Durability done = log.done(offset(message), false, true, true).orElseThrow();
        disk.failing(1);
        simulated.turn(true);
        assertFalse(done.isSettled());

        disk.failing(0);
        write();

        assertTrue(done.isSafe());
        restart(true);
        assertTrue(log.isDone(offset(message)));
    }

    @Test
    void whatIsNotKeptNeedNotBeWritten() throws IOException {
        Message message = message(ALICE);
        Durability stored = log.add(null, message, true);

        Durability done = log.done(offset(message), false, false, true).orElseThrow();

        assertTrue(stored.isSafe() && done.isSafe());
        assertEquals(Long.MAX_VALUE, log.after(0));
        assertFalse(log.read(offset(message)).isPresent());
    }

    @Test
    void whoeverSentWhatIsDoneIsNotChargedForIt() throws IOException {
        long offset = written();
        QueueStore store = stores.find(ALICE.getPhysicalName()).orElseThrow();
        assertEquals(1, store.kept().messages());

        log.done(offset, false, true, false);

        assertEquals(0, store.kept().messages());
        assertEquals(0, store.kept().bytes());
        assertEquals(0, store.getMessageCount());
        assertEquals(0, store.getMessageSize());
        write();
        restart(true);
        assertEquals(
                0, stores.find(ALICE.getPhysicalName()).orElseThrow().kept().messages());
    }

    @Test
    void whatHistoryHasNoRoomForIsToldAsLostAndWhatHasExpiredIsNot() throws IOException {
        long expired = written();
        long trimmed = written();
        log.done(trimmed, false, true, false);
        write();

        log.remove(expired, false, false);
        assertEquals(0, log.lost());
        log.remove(trimmed, true, false);
        assertEquals(trimmed, log.lost());

        write();
        restart(false);
        assertEquals(trimmed, log.lost());
        assertEquals(Long.MAX_VALUE, log.after(0));
    }

    @Test
    void whatIsTrimmedBeforeItIsWrittenIsToldAsLostAfterAStop() throws IOException {
        written();
        Message message = message(ALICE);
        log.add(null, message, true);
        log.done(offset(message), false, true, false);

        log.remove(offset(message), true, false);

        write();
        restart(false);
        assertEquals(offset(message), log.lost());
    }

    @Test
    void theCleaningCarriesFlagsAndWhatWasTrimmed() throws IOException {
        long trimmed = written();
        long done = written();
        long refused = written();
        long waiting = written();
        log.done(trimmed, false, true, false);
        log.done(done, false, true, false);
        log.done(refused, true, true, false);
        log.remove(trimmed, true, false);
        InboxLog bob = stores.store(BOB).log();
        for (int i = 0; i < 400; i++) {
            Message other = message(BOB);
            bob.add(null, other, false);
            bob.done(offset(other), false, true, false);
            write();
            bob.remove(offset(other), false, false);
        }
        write();

        for (boolean kill : List.of(false, true)) {
            restart(kill);
            assertTrue(log.isDone(done) && !log.isRefused(done));
            assertTrue(log.isRefused(refused));
            assertEquals(waiting, log.waitingAfter(0));
            assertFalse(log.isDone(trimmed));
            assertTrue(log.lost() >= trimmed);
            assertEquals(2, number(log.read(done)));
        }
    }

    @Test
    void noNumberIsGivenTwiceThoughNothingOfItWasWritten() throws IOException {
        long highest = 0;
        for (int life = 0; life < 20; life++) {
            for (int i = 0; i < 7; i++) {
                Message message = message(ALICE);
                log.add(null, message, true);
                assertTrue(offset(message) > highest, "it was given before");
                highest = offset(message);
                log.done(highest, false, false, false);
            }
            restart(life % 2 == 0);
            assertTrue(log.head() >= highest);
            assertEquals(life % 2 == 0, log.lost() >= highest, "a crash may have taken it, a stop has not");
        }
    }

    @Test
    void whereTheJournalIsDamagedNumbersGoOnAboveAllThatItMayHaveSaid() {
        Recovery recovery = new Recovery(new Charges(), message -> null);
        recovery.state(new JournalState(7, 1_000, 0, 1, false));
        recovery.state(new JournalState(7, 900, 0, 1, true));

        assertEquals(new Recovery.Numbers(7, 0, 900), recovery.numbers(0, BLOCK));
        assertTrue(recovery.numbers(2, BLOCK).last() >= 1_000 + 2 * BLOCK);
        assertEquals(
                recovery.numbers(2, BLOCK).last(), recovery.numbers(2, BLOCK).lost());
    }

    @Test
    void aBlockThatIsUsedUpIsFollowedByTheNext() throws IOException {
        for (int i = 0; i < 10 * BLOCK; i++) {
            written();
        }
        restart(true);
        assertEquals(10 * BLOCK, log.waiting());
    }

    @Test
    void whatATransactionSendsIsSeenOnceItIsOnTheDiskAndNothingPassesIt() throws IOException {
        long before = written();
        Message sent = message(ALICE);
        sent.setTransactionId(TRANSACTION);
        log.add(null, sent, false);
        QueueTransactions.Committing committing =
                stores.transactions().begin(TRANSACTION).orElseThrow();
        Message after = message(ALICE);
        log.add(null, after, false);

        assertEquals(Long.MAX_VALUE, log.waitingAfter(before));
        assertEquals(Long.MAX_VALUE, log.after(before));
        assertEquals(before, log.after(0));

        write();
        long offset = committing.sending().get(0).add().sequence();
        assertEquals(offset, log.waitingAfter(before));
        assertEquals(offset(after), log.waitingAfter(offset));
    }

    @Test
    void whatATransactionCouldNotSendIsPassed() throws IOException {
        long before = written();
        Message sent = message(ALICE);
        sent.setTransactionId(TRANSACTION);
        log.add(null, sent, false);
        assertTrue(stores.transactions().begin(TRANSACTION).isPresent());
        assertTrue(log.isPending(log.head()));
        disk.failing(1);
        simulated.turn(true);
        disk.failing(0);

        Message after = message(ALICE);
        log.add(null, after, false);

        assertEquals(offset(after), log.waitingAfter(before));
    }

    @Test
    void whatATransactionHasDoneWaitsUntilThatIsOnTheDisk() throws IOException {
        long kept = written();
        long gone = written();
        log.done(TRANSACTION, kept, true, true);
        log.done(TRANSACTION, gone, false, false);
        assertTrue(log.isWaiting(kept) && log.isWaiting(gone));

        stores.transactions().begin(TRANSACTION);
        assertTrue(log.isWaiting(kept) && log.isWaiting(gone));
        write();

        assertTrue(log.isRefused(kept));
        assertEquals(Long.MAX_VALUE, log.waitingAfter(0));
        restart(true);
        assertTrue(log.isRefused(kept));
        assertEquals(1, log.history());
    }

    @Test
    void aPurgedInboxHasAnotherEpochForGood() throws IOException {
        long offset = written();
        log.done(offset, false, true, false);
        String before = log.epoch();

        // it waits for the disk, where one thread writes that is this one
        Departure.all(stores.find(ALICE.getPhysicalName()).orElseThrow().messages(), List.of());

        String after = log.epoch();
        assertNotEquals(before, after);
        assertEquals(0, log.history());
        write();
        disk.kill();
        open();
        stores.store(BOB);
        log = stores.store(ALICE).log();
        assertEquals(after, log.epoch(), "nobody else may have its number meanwhile");
        assertEquals(0, log.history());
        assertEquals(Long.MAX_VALUE, log.after(0));
    }

    @Test
    void anEmptyInboxKeepsItsEpochWhateverIsCleaned() throws IOException {
        log.done(written(), false, false, false);
        String epoch = log.epoch();
        for (int i = 0; i < 300; i++) {
            Message other = message(BOB);
            stores.store(BOB).addMessage(null, other);
            write();
            stores.store(BOB).messages().remove(offset(other), false, true);
        }
        write();

        restart(true);

        assertEquals(epoch, log.epoch());
    }

    @Test
    void whatAPlainQueueHoldsIsAnInboxsFirst() throws IOException {
        QueueStore plain = stores.store(BOB);
        Message message = message(BOB);
        plain.addMessage(null, message);
        write();

        InboxLog bob = plain.log();
        write();
        String epoch = bob.epoch();
        bob.done(offset(message), false, false, false);
        stop();
        open();

        StoredMessages found = stores.find(BOB.getPhysicalName()).orElseThrow().messages();
        assertTrue(found.definition().isLog(), "the journal says that it is an inbox");
        assertEquals(epoch, stores.store(BOB).log().epoch());
    }

    @Test
    void aPlainQueueLeavesHistoryAloneUntilItIsForgotten() throws IOException {
        long offset = written();
        log.done(offset, false, true, false);
        write();
        stop();
        open();
        QueueStore plain = stores.store(ALICE);

        assertEquals(0, plain.getMessageCount());
        assertEquals(List.of(), plain.first(10));
        plain.detach();
        stores.forgetIdle(0);

        assertFalse(stores.holds(ALICE.getPhysicalName()));
        write();
        stop();
        open();
        assertFalse(stores.holds(ALICE.getPhysicalName()));
    }

    @Test
    void anInboxWithHistoryIsNotForgotten() throws IOException {
        long offset = written();
        log.done(offset, false, true, false);
        write();
        stop();
        open();
        stores.forgetIdle(-1);
        assertTrue(stores.holds(ALICE.getPhysicalName()), "nobody has opened it");

        log = stores.store(ALICE).log();
        stores.find(ALICE.getPhysicalName()).orElseThrow().detach();
        stores.forgetIdle(-1);
        assertTrue(stores.holds(ALICE.getPhysicalName()));

        log.remove(offset, true, false);
        stores.forgetIdle(-1);
        assertFalse(stores.holds(ALICE.getPhysicalName()));
    }

    @Test
    void oneInboxIsForgottenAtOnceWhenItIsEmptyAndNobodyHasIt() throws IOException {
        long offset = written();
        assertFalse(stores.forget(ALICE.getPhysicalName()), "somebody has it");
        stores.find(ALICE.getPhysicalName()).orElseThrow().detach();
        assertFalse(stores.forget(ALICE.getPhysicalName()), "a message waits");

        log.remove(offset, true, false);

        assertTrue(stores.forget(ALICE.getPhysicalName()));
        assertFalse(stores.holds(ALICE.getPhysicalName()));
    }

    @Test
    void whatIsForgottenBeforeItsNewNumberIsWrittenDoesNotComeBack() throws IOException {
        written();
        QueueStore store = stores.find(ALICE.getPhysicalName()).orElseThrow();
        Departure.all(store.messages(), List.of());
        store.detach();
        stores.forgetIdle(-1);
        write();
        stop();

        open();

        assertFalse(stores.holds(ALICE.getPhysicalName()));
    }

    @Test
    void noNumberOfAQueueIsGivenTwiceThoughNothingIsLeftOfIt() throws IOException {
        written();
        InboxLog bob = stores.store(BOB).log();
        Message message = message(BOB);
        bob.add(null, message, false);
        bob.done(offset(message), false, false, false);
        write();
        final String epoch = bob.epoch();
        stores.find(BOB.getPhysicalName()).orElseThrow().detach();
        stores.forgetIdle(-1);
        for (int i = 0; i < 300; i++) {
            log.done(written(), false, false, false);
        }
        write();
        restart(true);

        assertNotEquals(epoch, stores.store(BOB).log().epoch());
    }

    @Test
    void whatIsDoneWhileItIsBeingWrittenIsSaidAfterIt() throws IOException {
        final long before = written();
        Message message = message(ALICE);
        log.add(null, message, false);
        StoredMessages messages =
                stores.find(ALICE.getPhysicalName()).orElseThrow().messages();
        Add add = messages.unwritten(offset(message));
        assertTrue(add.encode(simulated.journal().batch()));
        Durability done = log.done(offset(message), false, true, true).orElseThrow();
        simulated.turn(true);
        assertFalse(done.isSettled());

        add.written(offset -> messages.location(before));
        simulated.turn(true);

        assertTrue(done.isSafe());
        assertTrue(log.isDone(offset(message)));
    }

    @Test
    void whatIsDoneAndCouldNotBeWrittenIsGone() throws IOException {
        Message message = message(ALICE);
        Durability stored = log.add(null, message, false);
        StoredMessages messages =
                stores.find(ALICE.getPhysicalName()).orElseThrow().messages();
        Add add = messages.unwritten(offset(message));
        assertTrue(add.encode(simulated.journal().batch()));
        Durability done = log.done(offset(message), false, true, true).orElseThrow();

        add.lost(new IOException("of a test"));
        write();

        assertTrue(stored.failure().isPresent());
        assertTrue(done.isSafe(), "it does not matter any more");
        assertEquals(Long.MAX_VALUE, log.after(0));
    }

    private long written() throws IOException {
        Message message = message(ALICE);
        log.add(null, message, false);
        write();
        return offset(message);
    }

    private Message message(ActiveMQQueue queue) {
        return Sent.message(queue.getPhysicalName(), ++lastNumber);
    }

    private static int number(Optional<Message> message) {
        return Sent.number(message.orElseThrow());
    }

    private static long offset(Message message) {
        return (Long) message.getMessageId().getFutureOrSequenceLong();
    }

    private void write() {
        boolean idle = false;
        while (!idle) {
            // what nobody waits for is due a moment after it was seen first
            idle = !simulated.turn(false);
            simulated.pass(TimeUnit.SECONDS.toNanos(2));
            idle &= !simulated.turn(false);
        }
    }

    private void restart(boolean kill) throws IOException {
        if (kill) {
            disk.kill();
        } else {
            stop();
        }
        start();
    }

    private void stop() throws IOException {
        do {
            simulated.pass(TimeUnit.SECONDS.toNanos(2));
        } while (simulated.turn(true));
        simulated.close();
    }

    private void open() throws IOException {
        simulated = new SimulatedJournal(disk, 4 << 10);
        stores = new QueueStores(simulated.journal(), simulated::commits, new Admission(), BLOCK);
        stores.open();
        simulated.open();
    }
}
