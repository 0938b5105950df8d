package gatepost.store.queue;

import static gatepost.contracts.inbox.Mark.ARCHIVED;
import static gatepost.contracts.inbox.Mark.READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.Durability;
import gatepost.contracts.inbox.Along;
import gatepost.contracts.inbox.Marked;
import gatepost.store.journal.SimulatedDisk.Cut;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.command.LocalTransactionId;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.TransactionId;
import org.junit.jupiter.api.Test;

/** What the owner says of messages, with starts after a stop and after a kill. */
class InboxMarksTest extends SimulatedInbox {

    private static final TransactionId TRANSACTION = new LocalTransactionId(new ConnectionId("c"), 1);

    @Test
    void whatIsMarkedIsSoWhetherItWaitsOrIsDoneAndTheOthersAreNot() throws IOException {
        long waiting = written();
        long done = written();
        long other = written();
        log.done(done, true, true, false);

        Marked marked = log.mark(waiting, READ, true, true).orElseThrow();
        log.mark(done, ARCHIVED, true, false);
        log.mark(done, READ, true, false);

        assertEquals(List.of(waiting), marked.offsets());
        assertFalse(marked.stored().isSettled());
        assertEquals(Set.of(READ), log.marks(waiting));
        assertEquals(Set.of(READ, ARCHIVED), log.marks(done));
        assertEquals(Set.of(), log.marks(other));
        assertEquals(Set.of(), log.marks(other + 1));
        assertTrue(log.isWaiting(waiting) && log.isDone(done) && log.isRefused(done));
        write();
        assertTrue(marked.stored().isSafe());
        for (boolean kill : List.of(false, true)) {
            restart(kill);
            assertEquals(Set.of(READ), log.marks(waiting));
            assertEquals(Set.of(READ, ARCHIVED), log.marks(done));
            assertEquals(Set.of(), log.marks(other));
            assertTrue(log.isWaiting(waiting) && log.isDone(done) && log.isRefused(done));
            assertEquals(1, log.unread());
        }
    }

    @Test
    void whatIsSoAlreadyOrIsNotThereIsNotSaidAgain() throws IOException {
        long offset = written();
        assertTrue(log.mark(offset, READ, false, true).isEmpty());
        assertTrue(log.mark(offset + 1, READ, true, true).isEmpty());
        assertTrue(log.mark(offset, READ, true, true).isPresent());
        assertTrue(log.mark(offset, READ, true, true).isEmpty());
        assertTrue(log.markUpTo(offset, READ, true, true).isEmpty());
    }

    @Test
    void whatIsTakenBackIsNotSoAfterAKill() throws IOException {
        long offset = written();
        log.mark(offset, READ, true, true);
        write();

        assertTrue(log.mark(offset, READ, false, true).isPresent());

        write();
        restart(true);
        assertEquals(Set.of(), log.marks(offset));
        assertEquals(1, log.unread());
    }

    @Test
    void allUpToOneAreMarkedByOneRecordAndThoseAreToldThatWereNotSo() throws IOException {
        long done = written();
        long already = written();
        long waiting = written();
        long above = written();
        log.done(done, false, true, false);
        log.mark(already, READ, true, false);
        write();
        assertEquals(3, log.unread());

        Marked marked = log.markUpTo(waiting, READ, true, true).orElseThrow();

        assertEquals(List.of(done, waiting), marked.offsets());
        assertEquals(1, log.unread());
        write();
        restart(true);
        assertEquals(1, log.unread());
        assertEquals(Set.of(READ), log.marks(done));
        assertEquals(Set.of(READ), log.marks(waiting));
        assertEquals(Set.of(), log.marks(above));
    }

    /** Who waits is served first, and what failed is tried again: records come in another order than they were asked for. */
    @Test
    void whatWasSaidLastHoldsInWhateverOrderItIsWritten() throws IOException {
        long first = written();
        long second = written();
        long third = written();
        log.markUpTo(third, READ, true, false);
        log.mark(second, READ, false, true);
        log.mark(first, ARCHIVED, true, false);
        log.mark(first, ARCHIVED, false, true);
        disk.failing(1);
        simulated.turn(false);
        disk.failing(0);
        log.mark(third, READ, false, true);
        simulated.turn(false);

        write();
        restart(true);

        assertEquals(Set.of(READ), log.marks(first));
        assertEquals(Set.of(), log.marks(second));
        assertEquals(Set.of(), log.marks(third));
    }

    @Test
    void aCrashDoesNotMarkWhatIsNotMarkedAmongThoseThatAre() throws IOException {
        for (int i = 0; i < 300; i++) {
            long first = written();
            long last = written();
            log.markUpTo(last, READ, true, false);
            log.mark(first, READ, false, true);
            disk.cutAfter(1 + i % 3);
            try {
                simulated.pass(TimeUnit.MILLISECONDS.toNanos(5));
                write();
            } catch (Cut e) {
                // that was to be
            }
            disk.cutAfter(0);
            disk.powerCut();
            start();
            assertEquals(Set.of(), log.marks(first));
            log.remove(first, false, false);
            log.remove(last, false, false);
            write();
        }
    }

    @Test
    void whatIsDoneKeepsItsMarksAndStaysDoneWhateverIsWrittenFirst() throws IOException {
        for (boolean before : List.of(false, true)) {
            long offset = written();
            log.mark(offset, READ, true, false);
            if (before) {
                write();
            }

            log.done(offset, false, true, true);

            assertEquals(Set.of(READ), log.marks(offset));
            write();
            restart(true);
            assertTrue(log.isDone(offset));
            assertEquals(Set.of(READ), log.marks(offset));
        }
    }

    @Test
    void whatIsMarkedBeforeItIsWrittenIsSoAfterAKill() throws IOException {
        Message waiting = message(ALICE);
        Message done = message(ALICE);
        log.add(null, waiting, true);
        log.add(null, done, true);
        log.markUpTo(offset(done), READ, true, true);
        log.done(offset(done), false, true, false);

        // the mark comes first
        simulated.turn(false);
        write();
        restart(true);

        assertTrue(log.isWaiting(offset(waiting)) && log.isDone(offset(done)));
        assertEquals(Set.of(READ), log.marks(offset(waiting)));
        assertEquals(Set.of(READ), log.marks(offset(done)));
    }

    @Test
    void theCleaningCarriesMarksOfWhatWaitsAndOfWhatIsDone() throws IOException {
        long waiting = written();
        long done = written();
        long taken = written();
        log.done(done, false, true, false);
        log.markUpTo(taken, READ, true, false);
        log.mark(taken, READ, false, false);
        write();

        clean();

        restart(true);
        assertTrue(log.isWaiting(waiting) && log.isWaiting(taken) && log.isDone(done));
        assertEquals(Set.of(READ), log.marks(waiting));
        assertEquals(Set.of(READ), log.marks(done));
        assertEquals(Set.of(), log.marks(taken));
    }

    @Test
    void whatComesAfterAllWereMarkedIsNotMarked() throws IOException {
        long marked = written();
        log.markUpTo(Long.MAX_VALUE, READ, true, false);
        Message late = message(ALICE);
        log.add(null, late, false);
        // the message comes first
        simulated.turn(false);
        write();

        restart(true);

        assertEquals(Set.of(READ), log.marks(marked));
        assertEquals(Set.of(), log.marks(offset(late)));
    }

    @Test
    void whatIsReplacedMeanwhileIsNotMarkedAndNotSoWhenItIsThereAgain() throws IOException {
        long first = written();
        long replaced = written();
        long last = written();
        Message other = message(ALICE);
        log.add(null, other, true, offset -> new Along(List.of(), replaced));
        assertEquals(
                List.of(first, last),
                log.markUpTo(last, READ, true, true).orElseThrow().offsets());
        simulated.turn(false);

        // what was to come in its place is not written yet
        restart(true);

        assertTrue(log.isWaiting(replaced));
        assertEquals(Set.of(), log.marks(replaced));
        assertEquals(Set.of(READ), log.marks(last));
    }

    @Test
    void whatIsMarkedAndReplacedBeforeItIsWrittenIsSoWhenItIsThereAgain() throws IOException {
        Message replaced = message(ALICE);
        log.add(null, replaced, true);
        Marked marked = log.mark(offset(replaced), READ, true, true).orElseThrow();
        simulated.turn(false);
        assertTrue(marked.stored().isSafe());
        log.add(null, message(ALICE), true, offset -> new Along(List.of(), offset(replaced)));
        simulated.turn(false);

        restart(true);

        assertEquals(Set.of(READ), log.marks(offset(replaced)));
    }

    @Test
    void nobodyMarksWhatATransactionSendsBeforeItIsCommitted() throws IOException {
        long first = written();
        Message sent = message(ALICE);
        sent.setTransactionId(TRANSACTION);
        log.add(null, sent, false);
        long pending = stores.transactions()
                .begin(TRANSACTION)
                .orElseThrow()
                .sending()
                .get(0)
                .add()
                .sequence();
        Message after = message(ALICE);
        log.add(null, after, false);

        assertTrue(log.mark(pending, READ, true, true).isEmpty());
        assertEquals(
                List.of(first, offset(after)),
                log.markUpTo(Long.MAX_VALUE, READ, true, true).orElseThrow().offsets());

        write();
        restart(true);
        assertEquals(Set.of(), log.marks(pending));
        assertEquals(Set.of(READ), log.marks(offset(after)));
    }

    @Test
    void aTransactionKeepsTheMarksOfWhatItHasDone() throws IOException {
        long offset = written();
        log.mark(offset, ARCHIVED, true, false);
        write();
        log.done(TRANSACTION, offset, false, true);
        stores.transactions().begin(TRANSACTION);
        log.mark(offset, READ, true, true);

        write();

        assertTrue(log.isDone(offset));
        assertEquals(Set.of(READ, ARCHIVED), log.marks(offset));
        restart(true);
        assertTrue(log.isDone(offset));
        assertEquals(Set.of(READ, ARCHIVED), log.marks(offset));
    }

    @Test
    void aMarkThatCouldNotBeWrittenIsWrittenLater() throws IOException {
        long offset = written();
        Durability stored = log.mark(offset, READ, true, true).orElseThrow().stored();
        disk.failing(1);
        simulated.turn(true);
        assertFalse(stored.isSettled());
        disk.failing(0);

        write();

        assertTrue(stored.isSafe());
        restart(true);
        assertEquals(Set.of(READ), log.marks(offset));
    }

    @Test
    void whatIsNeitherReadNorArchivedIsCounted() throws IOException {
        long read = written();
        long archived = written();
        long both = written();
        written();
        log.mark(read, READ, true, false);
        log.mark(archived, ARCHIVED, true, false);
        log.mark(both, READ, true, false);
        log.mark(both, ARCHIVED, true, false);
        assertEquals(1, log.unread());

        log.mark(both, READ, false, false);
        assertEquals(1, log.unread());
        log.done(both, false, true, false);
        assertEquals(1, log.unread());
        log.mark(both, ARCHIVED, false, false);
        assertEquals(2, log.unread());
        log.remove(read, false, false);
        log.remove(both, true, false);
        assertEquals(1, log.unread());
        log.remove(archived, false, false);
        assertEquals(1, log.unread());
    }

    @Test
    void whatIsAboveAnOffsetIsCountedWaitingOrDone() throws IOException {
        long first = written();
        long second = written();
        long third = written();
        written();
        log.done(second, false, true, false);
        log.remove(third, false, false);

        assertEquals(3, log.above(0));
        assertEquals(2, log.above(first));
        assertEquals(1, log.above(second));
        assertEquals(1, log.above(third));
        assertEquals(0, log.above(Long.MAX_VALUE));
    }
}
