package gatepost.store.queue;

import static gatepost.store.queue.InboxNotesTest.note;
import static gatepost.store.queue.InboxNotesTest.notes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.Durability;
import gatepost.contracts.inbox.Along;
import gatepost.contracts.inbox.Note;
import gatepost.store.journal.SimulatedDisk.Cut;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.command.LocalTransactionId;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.TransactionId;
import org.junit.jupiter.api.Test;

/** What is remembered of what became of a message: with it on the disk, or neither is. */
class InboxDepartureNotesTest extends SimulatedInbox {

    private static final TransactionId TRANSACTION = new LocalTransactionId(new ConnectionId("c"), 1);
    private static final int ROUNDS = 20;
    private static final List<Note> EVENT = List.of(note("event", "x"));
    private static final Map<String, String> TOLD = Map.of("event", "x");

    /** Has something become of a message. */
    private interface Fate {

        Optional<Durability> of(long offset) throws IOException;
    }

    private List<Fate> fates() {
        return List.of(
                offset -> log.done(offset, false, true, true, EVENT),
                offset -> log.done(offset, true, true, false, EVENT),
                offset -> log.done(offset, false, false, true, EVENT),
                offset -> log.remove(offset, false, true, EVENT),
                offset -> log.remove(offset, true, false, EVENT));
    }

    @Test
    void aCrashLeavesBothOrNeither() throws IOException {
        // where in a record the power goes is chosen anew each time
        for (int round = 0; round < ROUNDS * fates().size(); round++) {
            int fate = round % fates().size();
            boolean whole = false;
            for (int calls = 1; !whole; calls++) {
                final long offset = written();
                fates().get(fate).of(offset).orElseThrow();
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
                assertEquals(log.isWaiting(offset) ? Map.of() : TOLD, notes(log), "fate " + fate + ", " + calls);
                assertTrue(!whole || !log.isWaiting(offset));
                log.remove(offset, false, true);
                log.note(note("event", null), true);
                write();
            }
        }
    }

    @Test
    void whatNeverWasWrittenIsRememberedAllTheSame() throws IOException {
        for (Fate fate : fates()) {
            Message message = message(ALICE);
            log.add(null, message, true);

            Durability done = fate.of(offset(message)).orElseThrow();

            assertEquals(TOLD, notes(log));
            assertFalse(done.isSettled());
            write();
            assertTrue(done.isSafe());
            restart(true);
            assertEquals(TOLD, notes(log));
            assertFalse(log.isWaiting(offset(message)));
            log.note(note("event", null), true);
            write();
        }
    }

    @Test
    void itIsRememberedWithAllThatCameAlongWithTheMessage() throws IOException {
        for (Fate fate : fates()) {
            Message message = message(ALICE);
            log.add(null, message, true, offset -> new Along(List.of(note("id", "17")), 0));

            fate.of(offset(message)).orElseThrow();

            write();
            restart(true);
            assertEquals(Map.of("event", "x", "id", "17"), notes(log));
            log.note(note("event", null), true);
            log.note(note("id", null), true);
            write();
        }
    }

    @Test
    void whatIsTrimmedWhileItIsWrittenWasDone() throws IOException {
        final long before = written();
        Message message = message(ALICE);
        log.add(null, message, false);
        Add add = messages().unwritten(offset(message));
        assertTrue(add.encode(simulated.journal().batch()));

        log.done(offset(message), false, true, false, EVENT);
        log.remove(offset(message), true, false);
        add.written(offset -> messages().location(before));
        write();

        restart(true);
        assertEquals(TOLD, notes(log));
        assertFalse(log.isDone(offset(message)));
    }

    @Test
    void itIsTriedAgainTogether() throws IOException {
        for (Fate fate : fates()) {
            long offset = written();
            fate.of(offset).orElseThrow();
            disk.failing(1);
            simulated.pass(TimeUnit.SECONDS.toNanos(2));
            simulated.turn(false);
            simulated.turn(false);
            disk.failing(0);
            write();

            restart(true);
            assertEquals(TOLD, notes(log));
            assertFalse(log.isWaiting(offset));
            log.note(note("event", null), true);
            write();
        }
    }

    @Test
    void nothingIsRememberedOfWhatDoesNotWait() throws IOException {
        long offset = written();
        log.done(offset, false, true, true);

        assertTrue(log.done(offset, false, true, true, EVENT).isEmpty());
        assertTrue(log.done(offset, false, false, true, EVENT).isEmpty());
        assertTrue(log.remove(offset + 1, false, true, EVENT).isEmpty());
        assertTrue(log.noteWaiting(offset, EVENT).isEmpty());

        write();
        assertEquals(Map.of(), notes(log));
    }

    @Test
    void somethingIsRememberedOfAMessageForAsLongAsItWaits() throws IOException {
        long offset = written();
        Durability noted = log.noteWaiting(offset, EVENT).orElseThrow();
        write();

        assertTrue(noted.isSafe());
        assertTrue(log.isWaiting(offset));
        restart(true);
        assertEquals(TOLD, notes(log));
    }

    @Test
    void aTransactionRemembersWithItsCommitAndNotBefore() throws IOException {
        long kept = written();
        long gone = written();
        log.done(TRANSACTION, kept, true, true, EVENT);
        log.done(TRANSACTION, gone, false, false, List.of(note("other", "y")));
        assertEquals(Map.of(), notes(log));

        stores.transactions().begin(TRANSACTION);
        write();

        restart(true);
        assertTrue(log.isRefused(kept));
        assertEquals(Map.of("event", "x", "other", "y"), notes(log));
    }

    @Test
    void aTransactionThatFailsIsNotRemembered() throws IOException {
        long offset = written();
        log.done(TRANSACTION, offset, false, true, EVENT);
        stores.transactions().begin(TRANSACTION);
        disk.failing(1);
        simulated.turn(true);
        disk.failing(0);
        write();

        assertTrue(log.isWaiting(offset));
        assertEquals(Map.of(), notes(log));
        // what failed may be on the disk until something else is
        written();
        restart(true);
        assertTrue(log.isWaiting(offset));
        assertEquals(Map.of(), notes(log));
    }

    @Test
    void theCleaningKeepsIt() throws IOException {
        log.done(written(), false, true, true, EVENT);
        write();
        clean();
        restart(true);
        assertEquals(TOLD, notes(log));
    }
}
