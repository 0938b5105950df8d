package gatepost.store.queue;

import static gatepost.contracts.inbox.Mark.READ;
import static gatepost.store.queue.InboxNotesTest.note;
import static gatepost.store.queue.InboxNotesTest.notes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.Durability;
import gatepost.contracts.inbox.Along;
import gatepost.contracts.inbox.Note;
import gatepost.store.journal.SimulatedDisk.Cut;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.command.LocalTransactionId;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.TransactionId;
import org.junit.jupiter.api.Test;

/** What is written with a message: all of it or nothing, whatever becomes of the message and of the disk. */
class InboxAlongTest extends SimulatedInbox {

    private static final TransactionId TRANSACTION = new LocalTransactionId(new ConnectionId("c"), 1);

    private final List<Durability> sent = new ArrayList<>();

    @Test
    void whatComesAlongIsAskedOnceWithTheOffsetBeforeAnybodyElseGetsOne() throws IOException {
        List<Long> asked = new ArrayList<>();
        Message message = message(ALICE);
        log.add(null, message, false, offset -> {
            assertTrue(Thread.holdsLock(messages()));
            asked.add(offset);
            return new Along(List.of(note("id", "at " + offset)), 0);
        });

        assertEquals(List.of(offset(message)), asked);
        assertEquals(Map.of("id", "at " + offset(message)), notes(log));
        write();
        restart(true);
        assertEquals(Map.of("id", "at " + offset(message)), notes(log));
        assertTrue(log.isWaiting(offset(message)));
    }

    @Test
    void whatIsReplacedGoesAtOnceAndIsNotMissed() throws IOException {
        long waiting = written();
        long done = written();
        log.done(done, false, true, false);
        write();

        long second = send(false, waiting);

        assertFalse(log.isWaiting(waiting));
        assertTrue(log.read(waiting).isEmpty());
        assertEquals(1, log.waiting());
        assertEquals(1, store().kept().messages());
        long third = send(false, done);
        assertEquals(0, log.history());
        assertEquals(second, log.after(0));
        assertEquals(third, log.after(second));
        write();
        clean();
        for (boolean kill : List.of(false, true)) {
            assertEquals(2, log.waiting() + log.history());
            assertTrue(log.lost() < waiting);
            restart(kill);
        }
    }

    @Test
    void aCrashLeavesAllOfItOrNothing() throws IOException {
        boolean whole = false;
        for (int calls = 1; !whole; calls++) {
            log.note(note("a", "old"), true);
            log.note(note("b", null), true);
            long replaced = written();
            long offset = send(false, replaced, note("a", "new"), note("b", "new"));
            disk.cutAfter(calls);
            try {
                write();
                whole = true;
            } catch (Cut e) {
                // that was to be
            }
            disk.cutAfter(0);
            disk.powerCut();
            start();
            boolean there = log.isWaiting(offset);
            assertEquals(!there, log.isWaiting(replaced));
            assertEquals(there ? Map.of("a", "new", "b", "new") : Map.of("a", "old"), notes(log));
            assertTrue(there || !whole);
        }
    }

    @Test
    void whatIsDoneBeforeItIsWrittenIsWrittenAsHistoryWithAllThatComesAlong() throws IOException {
        for (boolean urgent : List.of(false, true)) {
            long replaced = written();
            long offset = send(true, replaced, note("id", "x" + urgent));

            Durability done = log.done(offset, false, true, urgent).orElseThrow();

            assertFalse(sent().isSettled(), "what comes along is not on the disk yet");
            while (!done.isSettled()) {
                turn();
            }
            assertTrue(done.isSafe() && sent().isSafe());
            restart(true);
            assertTrue(log.isDone(offset) && !log.isWaiting(replaced));
            assertEquals(Map.of("id", "x" + urgent), notes(log));
        }
    }

    @Test
    void whatIsNotKeptNeedNotBeWrittenButAllThatComesAlong() throws IOException {
        long replaced = written();
        long offset = send(true, replaced, note("once:welcome", "x"));

        Durability done = log.done(offset, false, false, true).orElseThrow();

        assertNull(log.inMemory(offset));
        assertFalse(sent().isSettled() || done.isSettled());
        turn();
        assertTrue(sent().isSafe() && done.isSafe());
        restart(true);
        assertEquals(Map.of("once:welcome", "x"), notes(log));
        assertEquals(Long.MAX_VALUE, log.after(0));
        assertTrue(log.lost() >= offset);
    }

    @Test
    void whatComesAlongWithWhatIsNotKeptIsTriedAgain() throws IOException {
        long offset = send(true, written(), note("once:welcome", "x"));
        log.done(offset, false, false, true);
        disk.failing(1);
        simulated.turn(true);
        assertFalse(sent().isSettled());
        disk.failing(0);
        write();

        assertTrue(sent().isSafe());
        restart(true);
        assertEquals(Map.of("once:welcome", "x"), notes(log));
        assertEquals(Long.MAX_VALUE, log.after(0));
    }

    @Test
    void aMessageThatFailsLeavesAllAsItWas() throws IOException {
        log.note(note("a", "old"), true);
        final long waiting = written();
        final long done = written();
        log.mark(waiting, READ, true, false);
        log.done(done, true, true, false);
        write();
        long charged = store().kept().bytes();
        disk.failing(1);

        final long second = send(false, waiting, note("a", "new"), note("b", "new"));
        final long third = send(false, done, note("a", "newer"), note("c", null));
        simulated.turn(true);

        sent.forEach(each -> assertTrue(each.failure().isPresent()));
        assertEquals(Map.of("a", "old"), notes(log));
        assertTrue(log.isWaiting(waiting) && log.isRefused(done));
        assertEquals(Set.of(READ), log.marks(waiting));
        assertFalse(log.isWaiting(second) || log.isWaiting(third));
        assertEquals(charged, store().kept().bytes());
        assertEquals(1, log.unread());
        assertTrue(log.read(waiting).isPresent() && log.read(done).isPresent());
        disk.failing(0);
        write();
        clean();
        restart(true);
        assertEquals(Map.of("a", "old"), notes(log));
        assertTrue(log.isWaiting(waiting) && log.isRefused(done));
        assertEquals(2, log.waiting() + log.history());
        assertEquals(0, stores.damage());
    }

    @Test
    void whatWasSaidSinceStaysWhenTheMessageFails() throws IOException {
        send(true, 0, note("a", "along"));
        log.note(note("a", "since"), false);
        disk.failing(1);
        simulated.turn(true);
        assertTrue(sent().failure().isPresent());
        disk.failing(0);

        assertEquals(Map.of("a", "since"), notes(log));
        write();
        restart(true);
        assertEquals(Map.of("a", "since"), notes(log));
    }

    @Test
    void whatWasSaidLastHoldsInWhateverOrderItIsWritten() throws IOException {
        send(true, 0, note("a", "1"), note("b", "1"), note("c", "1"));
        log.note(note("a", "2"), true);
        log.note(note("b", "2"), false);
        log.note(note("c", "0"), false);
        send(false, 0, note("c", "2"));
        // what is urgent comes first, then the message that may be done meanwhile, then what nobody waits for
        turn();
        write();

        assertEquals(Map.of("a", "2", "b", "2", "c", "2"), notes(log));
        restart(true);
        assertEquals(Map.of("a", "2", "b", "2", "c", "2"), notes(log));
    }

    @Test
    void whatNobodyWaitsForSaysNothingOfAMessageThatIsNotWrittenYet() throws IOException {
        log.note(note("a", "old"), true);
        send(true, 0, note("a", "along"));
        simulated.turn(false);
        restart(true);
        assertEquals(Map.of("a", "old"), notes(log));
    }

    @Test
    void whatIsReplacedBeforeItIsWrittenIsWrittenBeforeThat() throws IOException {
        long first = send(true, 0, note("collapse", "1"));
        Durability stored = sent();
        long second = send(false, first, note("collapse", "2"));

        assertNull(log.inMemory(first));
        assertEquals(1, log.waiting());
        turn();

        assertTrue(stored.isSafe() && sent().isSafe());
        restart(true);
        assertEquals(second, log.after(0));
        assertEquals(1, log.waiting() + log.history());
        assertEquals(Map.of("collapse", "2"), notes(log));
    }

    @Test
    void whatIsReplacedBeforeItIsWrittenFailsWithThat() throws IOException {
        long first = send(true, 0, note("collapse", "1"));
        long second = send(false, first, note("collapse", "2"));
        disk.failing(1);
        simulated.turn(true);
        disk.failing(0);

        sent.forEach(each -> assertTrue(each.failure().isPresent()));
        assertFalse(log.isWaiting(first) || log.isWaiting(second));
        assertEquals(Map.of(), notes(log));
        assertTrue(messages().notes().isEmpty());
        assertEquals(0, store().kept().bytes());
        write();
        restart(true);
        assertEquals(Long.MAX_VALUE, log.after(0));
    }

    @Test
    void theCleaningKeepsWhatIsReplacedUntilThatIsWritten() throws IOException {
        long replaced = written();
        long location = messages().location(replaced);
        log.mark(replaced, READ, true, true);
        write();
        send(true, replaced);

        Liveness owner = new Liveness(Map.of(messages().definition().number(), messages()), stores.bodies());
        long number = messages().definition().number();
        assertTrue(owner.isLive(number, replaced, location));
        assertEquals(Flags.READ, owner.flags(number, replaced));
        write();
        assertFalse(owner.isLive(number, replaced, location));
    }

    @Test
    void nothingComesAlongInATransactionNorInThePlaceOfWhatIsNotCommitted() throws IOException {
        Message message = message(ALICE);
        message.setTransactionId(TRANSACTION);
        assertThrows(IllegalStateException.class, () -> log.add(null, message, false, offset -> null));
        log.add(null, message, false);
        long pending = stores.transactions()
                .begin(TRANSACTION)
                .orElseThrow()
                .sending()
                .get(0)
                .add()
                .sequence();

        send(false, pending);

        assertTrue(log.isPending(pending));
        write();
        assertTrue(log.isWaiting(pending));
    }

    @Test
    void whatIsDoneIsKeptThoughWhatComesInItsPlaceFailsWithIt() throws IOException {
        Message first = message(ALICE);
        Durability stored = log.add(null, first, true);
        log.done(offset(first), false, true, false);
        assertTrue(stored.isSafe(), "its sender is told so, since it is done");
        send(false, offset(first));

        disk.failing(1);
        simulated.turn(true);
        disk.failing(0);
        write();

        assertTrue(sent().failure().isPresent());
        for (boolean kill : List.of(false, true)) {
            assertTrue(log.isDone(offset(first)));
            assertEquals(Long.MAX_VALUE, log.after(offset(first)));
            restart(kill);
        }
    }

    @Test
    void aPurgeTakesWhatWasToComeAlongWithIt() throws IOException {
        long replaced = written();
        send(true, replaced, note("a", "1"));
        Departure.all(messages(), List.of());
        assertTrue(sent().isSafe(), "it does not matter any more");
        write();
        assertEquals(Map.of(), notes(log));
        restart(true);
        assertEquals(Map.of(), notes(log));
        assertEquals(Long.MAX_VALUE, log.after(0));
    }

    private long send(boolean delayed, long replaces, Note... notes) throws IOException {
        Message message = message(ALICE);
        sent.add(log.add(null, message, delayed, offset -> new Along(List.of(notes), replaces)));
        return offset(message);
    }

    private Durability sent() {
        return sent.get(sent.size() - 1);
    }

    private void turn() {
        simulated.pass(TimeUnit.MILLISECONDS.toNanos(5));
        simulated.turn(false);
    }

    private QueueStore store() {
        return stores.find(ALICE.getPhysicalName()).orElseThrow();
    }
}
