package gatepost.store.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.Durability;
import gatepost.contracts.inbox.Note;
import gatepost.contracts.inbox.StoredNotes;
import gatepost.store.journal.SimulatedDisk.Cut;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.activemq.command.ActiveMQQueue;
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

    @Test
    void whatIsOnTheDiskIsPackedUntilSomethingElseIsSaid() throws IOException {
        log.note(note("once:welcome", "x"), true);
        log.note(note("other", "y"), true);
        assertEquals(2, messages().notes().unpacked());
        write();
        assertEquals(0, messages().notes().unpacked());
        assertEquals(Map.of("once:welcome", "x", "other", "y"), notes(log));

        log.note(note("once:welcome", "z"), true);
        assertEquals(1, messages().notes().unpacked());
        assertEquals(Map.of("once:welcome", "z", "other", "y"), notes(log));
        log.note(note("other", null), true);
        assertEquals(Map.of("once:welcome", "z"), notes(log));
        write();

        assertEquals(0, messages().notes().unpacked());
        restart(true);
        assertEquals(0, messages().notes().unpacked());
        assertEquals(Map.of("once:welcome", "z"), notes(log));
    }

    @Test
    void whatIsNotSyncedYetIsNotPackedAndWhenTheDiskLosesItIsWrittenAgain() throws IOException {
        log.note(note("once:welcome", "x"), false);
        writeUnsynced();
        assertEquals(1, messages().notes().unpacked());
        loseWhatIsNotSynced();
        assertEquals(Map.of("once:welcome", "x"), notes(log));
        write();

        assertEquals(0, messages().notes().unpacked());
        clean();
        restart(true);
        assertEquals(Map.of("once:welcome", "x"), notes(log));
    }

    private void writeUnsynced() {
        simulated.turn(false);
        simulated.pass(TimeUnit.MILLISECONDS.toNanos(10));
        assertTrue(simulated.turn(false));
    }

    private void loseWhatIsNotSynced() {
        disk.failing(1);
        simulated.turn(true);
        simulated.turn(true);
        disk.failing(0);
    }

    @Test
    void whatHasNoRoomAmongOthersIsThereAsWell() throws IOException {
        Map<String, String> said = new TreeMap<>();
        for (int i = 0; i < 200; i++) {
            said.put("once:name-" + i, "value " + i);
        }
        said.put("once:Gr\u00fc\u00dfe", "");
        said.put("long:" + "n".repeat(300), "v".repeat(300));
        said.forEach((name, value) -> log.note(note(name, value), true));
        write();

        assertEquals(said, notes(log));
        int unpacked = messages().notes().unpacked();
        assertTrue(unpacked > 2 && unpacked < 180, "unpacked: " + unpacked);
        clean();
        restart(true);
        assertEquals(said, notes(log));
        said.keySet().forEach(name -> log.note(note(name, null), true));
        write();
        assertTrue(messages().notes().isEmpty());
    }

    @Test
    void packedNotesStandOneBehindTheOther() {
        byte[] packed = PackedNotes.with(PackedNotes.NONE, "a", bytes("1"), 7);
        packed = PackedNotes.with(packed, "bb", bytes(""), Long.MAX_VALUE);
        packed = PackedNotes.with(packed, "c", bytes("v".repeat(255)), 9);
        assertEquals(-1, PackedNotes.find(packed, "b"));
        PackedNotes.move(packed, PackedNotes.find(packed, "a"), 8);
        assertEquals(8, PackedNotes.location(packed, PackedNotes.find(packed, "a")));
        packed = PackedNotes.without(packed, PackedNotes.find(packed, "a"));

        assertEquals(-1, PackedNotes.find(packed, "a"));
        assertEquals(Long.MAX_VALUE, PackedNotes.location(packed, PackedNotes.find(packed, "bb")));
        assertEquals(255, PackedNotes.value(packed, PackedNotes.find(packed, "c")).length);
        assertEquals("c", PackedNotes.name(packed, PackedNotes.find(packed, "c")));
        assertFalse(PackedNotes.fits(packed, "\u00fc", bytes("")));
        assertFalse(PackedNotes.fits(packed, "d", bytes("v".repeat(256))));
        assertFalse(PackedNotes.fits(new byte[PackedNotes.ROOM - 11], "d", bytes("1")));
        assertTrue(PackedNotes.fits(new byte[PackedNotes.ROOM - 12], "d", bytes("1")));
    }

    @Test
    void aNoteIsKnownWithoutTheInboxAndNotBeforeItIsSure() throws IOException {
        ActiveMQQueue eve = new ActiveMQQueue("user.eve");
        assertEquals(Optional.empty(), stores.notes().note(eve, "once:welcome"));
        assertFalse(stores.holds("user.eve"), "who asks makes none");
        Durability stored = stores.notes().note(eve, note("once:welcome", "x"), true);
        assertTrue(stores.notes().note(eve, "once:welcome").isPresent());
        write();
        assertTrue(stored.isSafe());
        restart(true);
        assertEquals("x", new String(stores.notes().note(eve, "once:welcome").orElseThrow(), StandardCharsets.UTF_8));
        assertEquals(Map.of("once:welcome", "x"), notes(stores.store(eve).log()));

        synchronized (messages()) {
            HeldNote.Value unsure = messages().notes().put(note("once:news", "z"), false);
            assertEquals(Optional.empty(), stores.notes().note(ALICE, "once:news"));
            assertTrue(log.note("once:news").isPresent());
            messages().notes().undo("once:news", unsure);
        }
        assertTrue(log.note("once:news").isEmpty());
    }

    @Test
    void whenItsOwnerWasSeenKeepsNoInboxAndWhatWasSentOnceDoes() throws IOException {
        log.note(note(StoredNotes.SEEN_AT, "12345678"), true);
        write();
        stores.find(ALICE.getPhysicalName()).orElseThrow().detach();
        stores.notes().note(BOB, note(StoredNotes.SEEN_AT, "12345678"), true);
        stores.notes().note(BOB, note("once:welcome", "x"), true);
        write();

        stores.forgetIdle(-1);

        assertFalse(stores.holds(ALICE.getPhysicalName()));
        assertTrue(stores.holds(BOB.getPhysicalName()));
        write();
        restart(true);
        assertEquals(Map.of(), notes(log));
        assertTrue(stores.notes().note(BOB, "once:welcome").isPresent());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
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
