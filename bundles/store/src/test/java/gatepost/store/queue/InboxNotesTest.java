package gatepost.store.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.Durability;
import gatepost.contracts.inbox.Note;
import gatepost.store.journal.SimulatedDisk.Cut;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is remembered of an inbox besides its messages, with starts after a stop and after a kill. */
class InboxNotesTest extends SimulatedInbox {

    @Test
    void aNoteHoldsAtOnceAndAfterAStopAndAfterAKill() throws IOException {
        Durability stored = log.note(note("seen", "17"), true);
        assertEquals(Map.of("seen", "17"), notes(log));
        assertFalse(stored.isSettled());

        write();

        assertTrue(stored.isSafe());
        for (boolean kill : List.of(false, true)) {
            String epoch = log.epoch();
            restart(kill);
            assertEquals(Map.of("seen", "17"), notes(log));
            assertEquals(epoch, log.epoch(), "the journal knows whose it is");
            assertEquals(Map.of(), notes(stores.store(BOB).log()));
        }
    }

    @Test
    void theNewestOfANameHolds() throws IOException {
        log.note(note("seen", "1"), true);
        write();
        log.note(note("seen", "2"), true);
        log.note(note("device:a/b", ""), true);
        write();

        restart(true);

        assertEquals(Map.of("seen", "2", "device:a/b", ""), notes(log));
    }

    @Test
    void whatNobodyWaitsForIsWrittenOnceForAllThatWasSaidUntilThen() throws IOException {
        Durability first = log.note(note("seen", "1"), false);
        assertSame(first, log.note(note("seen", "2"), false));
        Durability other = log.note(note("other", "3"), false);
        simulated.turn(false);
        assertFalse(first.isSettled());

        Durability urgent = log.note(note("seen", "4"), true);
        simulated.turn(false);

        assertTrue(urgent.isSafe() && first.isSafe());
        write();
        assertTrue(other.isSafe());
        Durability next = log.note(note("seen", "5"), false);
        assertFalse(next.isSettled(), "what was written does not hold it");
        restart(true);
        assertEquals(Map.of("seen", "4", "other", "3"), notes(log));
    }

    @Test
    void aNoteThatCouldNotBeWrittenIsWrittenLater() throws IOException {
        Durability seen = log.note(note("seen", "1"), true);
        disk.failing(1);
        simulated.turn(true);
        assertFalse(seen.isSettled());
        Durability newer = log.note(note("seen", "2"), false);
        disk.failing(0);

        write();

        assertTrue(seen.isSafe() && newer.isSafe());
        restart(true);
        assertEquals(Map.of("seen", "2"), notes(log));
    }

    @Test
    void whatIsForgottenDoesNotComeBackWhateverIsCleaned() throws IOException {
        log.note(note("once:welcome", "x"), true);
        log.note(note("kept", "y"), true);
        write();
        clean();
        restart(true);
        assertEquals(Map.of("once:welcome", "x", "kept", "y"), notes(log), "the cleaning carries it");
        assertFalse(disk.files().stream().anyMatch(file -> file.toString().endsWith(".damaged")), "it found it there");

        Durability forgotten = log.note(note("once:welcome", null), true);
        assertEquals(Map.of("kept", "y"), notes(log));
        write();
        assertTrue(forgotten.isSafe());

        for (int i = 0; i < 3; i++) {
            restart(true);
            assertEquals(Map.of("kept", "y"), notes(log));
            clean();
        }
        restart(true);
        assertEquals(Map.of("kept", "y"), notes(log));
    }

    @Test
    void whatIsForgottenIsSoAfterAKill() throws IOException {
        log.note(note("a", "1"), true);
        write();
        log.note(note("a", null), true);
        write();
        restart(true);
        assertEquals(Map.of(), notes(log));
    }

    @Test
    void whatIsForgottenBeforeItWasWrittenIsNotThere() throws IOException {
        log.note(note("a", "1"), false);
        log.note(note("a", null), false);
        write();
        restart(true);
        assertEquals(Map.of(), notes(log));
        assertTrue(messages().notes().isEmpty());
    }

    @Test
    void aNoteThatIsSaidAgainAndAgainTakesNoMoreRoomThanOne() throws IOException {
        long before = stores.size();
        for (int i = 0; i < 200; i++) {
            log.note(note("seen", "value " + i), true);
            write();
        }
        log.note(note("seen", null), true);
        write();

        assertTrue(stores.size() <= before + 200, "what is needed: " + stores.size());
        assertTrue(
                simulated.journal().capacity() < 5 * (4 << 10),
                "all files: " + simulated.journal().capacity());
    }

    @Test
    void aPurgedInboxBeginsWithWhatIsKept() throws IOException {
        log.note(note("once:welcome", "x"), true);
        log.note(note("device:a/b", "y"), true);
        long offset = written();
        String epoch = log.epoch();

        // it waits for the disk, where one thread writes that is this one
        Departure.all(messages(), List.of(note("once:welcome", "x")));

        assertEquals(Map.of("once:welcome", "x"), notes(log));
        assertNotEquals(epoch, log.epoch());
        final String after = log.epoch();
        write();
        clean();
        restart(true);
        assertEquals(after, log.epoch());
        assertEquals(Map.of("once:welcome", "x"), notes(log));
        assertFalse(log.isWaiting(offset));
    }

    @Test
    void aPurgeThatACrashCutsOffIsThereWithAllThatIsKeptOrNotAtAll() throws IOException {
        boolean purged = false;
        for (int appends = 1; !purged; appends++) {
            log.note(note("a", "old"), true);
            log.note(note("b", "old"), true);
            log.note(note("c", "old"), true);
            long offset = written();
            Departure.all(messages(), List.of(note("a", "new"), note("b", "new")));
            disk.cutAfter(appends);
            try {
                write();
                purged = true;
            } catch (Cut e) {
                // that was to be
            }
            disk.cutAfter(0);
            restart(true);
            Map<String, String> found = notes(log);
            assertEquals(
                    log.isWaiting(offset) ? Map.of("a", "old", "b", "old", "c", "old") : Map.of("a", "new", "b", "new"),
                    found);
        }
    }

    @Test
    void anInboxWithNotesIsNotForgottenAndOneThatIsForgottenLosesThem() throws IOException {
        log.note(note("seen", "1"), true);
        write();
        stores.find(ALICE.getPhysicalName()).orElseThrow().detach();
        stores.forgetIdle(-1);
        assertTrue(stores.holds(ALICE.getPhysicalName()));

        log = stores.store(ALICE).log();
        log.note(note("seen", null), true);
        write();
        stores.find(ALICE.getPhysicalName()).orElseThrow().detach();
        stores.forgetIdle(-1);
        assertFalse(stores.holds(ALICE.getPhysicalName()));
        write();
        restart(true);
        assertEquals(Map.of(), notes(log));
    }

    @Test
    void aPlainQueueLeavesNotesAloneUntilItIsForgotten() throws IOException {
        log.note(note("seen", "1"), true);
        write();
        stop();
        open();
        QueueStore plain = stores.store(ALICE);
        plain.detach();
        assertEquals(Map.of("seen", "1"), notes(stores.store(ALICE).log()));
        stores.find(ALICE.getPhysicalName()).orElseThrow().detach();
        stop();
        open();
        stores.store(ALICE).detach();
        stores.forgetIdle(0);

        assertFalse(stores.holds(ALICE.getPhysicalName()));
        write();
        restart(true);
        assertEquals(Map.of(), notes(log));
    }

    static Note note(String name, String value) {
        return new Note(name, value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    static Map<String, String> notes(InboxLog log) throws IOException {
        return log.notes().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> new String(entry.getValue(), StandardCharsets.UTF_8)));
    }
}
