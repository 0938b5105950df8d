package gatepost.store.queue;

import static gatepost.contracts.inbox.Mark.READ;
import static gatepost.store.queue.InboxNotesTest.note;
import static gatepost.store.queue.InboxNotesTest.notes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.Reach;
import gatepost.contracts.inbox.InboxLimits;
import gatepost.contracts.inbox.Note;
import gatepost.store.journal.SimulatedDisk.Cut;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.Message;
import org.junit.jupiter.api.Test;

/** One message for many inboxes: one body on the disk, and all of them have it or none. */
class SpreadingTest extends SimulatedInbox {

    private static final ActiveMQQueue AUDIENCE = new ActiveMQQueue("audience.all");
    private static final int MANY = 500;
    private static final List<ActiveMQQueue> INBOXES = IntStream.range(0, MANY)
            .mapToObj(user -> new ActiveMQQueue("user." + user))
            .toList();

    private final List<String> told = new ArrayList<>();

    private final class Told implements Spreading.Listener {

        @Override
        public void arrived(ActiveMQQueue inbox, long offset, Message message) {
            assertEquals(inbox, message.getDestination());
            assertEquals(offset, message.getMessageId().getFutureOrSequenceLong());
            told.add("arrived " + inbox.getPhysicalName());
        }

        @Override
        public void kept(ActiveMQQueue inbox) {
            told.add("kept " + inbox.getPhysicalName());
        }

        @Override
        public void skipped(ActiveMQQueue inbox) {
            told.add("skipped " + inbox.getPhysicalName());
        }

        @Override
        public void dropped(ActiveMQQueue inbox) {
            told.add("dropped " + inbox.getPhysicalName());
        }
    }

    @Test
    void eachHasItAsItsOwnAndItsBodyIsOnTheDiskOnce() throws IOException {
        long before = stores.size();
        Message message = message(AUDIENCE);
        SharedAdd stored = spread(message, INBOXES, InboxLimits.NONE);
        assertEquals(new Reach(MANY, 0), stored.reach().orElseThrow());
        assertFalse(stored.isSettled());
        assertHas(INBOXES, message);

        write();

        assertTrue(stored.isSafe());
        assertHas(INBOXES, message);
        long once = stores.size() - before;
        // each inbox is defined in 64 bytes, as inboxes are; beside that are the body and two or three bytes for each
        assertTrue(once < MANY * (64 + 4) + 1_000, once + " bytes");
        for (boolean kill : List.of(true, false, false)) {
            restart(kill);
            assertHas(INBOXES, message);
            assertTrue(Math.abs(once - (stores.size() - before)) <= 64);
        }
    }

    @Test
    void itTakesItsPlaceInEachInbox() throws IOException {
        stores.store(BOB).log().add(null, message(BOB), false);
        Message waiting = message(ALICE);
        log.add(null, waiting, false);
        stores.find(ALICE.getPhysicalName()).orElseThrow().detach();
        // nobody has carol open, and something came to her after this one got its number
        ActiveMQQueue carol = new ActiveMQQueue("user.carol");
        SharedAdd stored = stores.store(AUDIENCE)
                .spreading()
                .spread(
                        message(AUDIENCE),
                        List.of(ALICE, BOB, carol),
                        InboxLimits.NONE,
                        reach -> List.of(),
                        new Told());
        assertEquals(List.of("arrived user.bob", "kept user.alice", "kept user.carol"), told);
        log = stores.store(ALICE).log();
        long shared = log.after(offset(waiting));
        Message later = message(ALICE);
        log.add(null, later, false);
        assertTrue(shared > offset(waiting) && shared < offset(later));
        assertEquals(offset(later), log.after(shared));
        write();
        assertTrue(stored.isSafe());
        restart(true);
        assertEquals(List.of(offset(waiting), shared, offset(later)), offsets(log));
    }

    @Test
    void whoIsThereHasItBeforeTheOthersAreGoneThrough() throws IOException {
        List<String> waitingThen = new ArrayList<>();
        stores.store(BOB).log();
        List<ActiveMQQueue> all = new ArrayList<>(INBOXES);
        all.add(BOB);
        stores.store(AUDIENCE)
                .spreading()
                .spread(message(AUDIENCE), all, InboxLimits.NONE, reach -> List.of(), new Spreading.Listener() {

                    @Override
                    public void arrived(ActiveMQQueue inbox, long offset, Message message) {
                        for (ActiveMQQueue other : all) {
                            stores.find(other.getPhysicalName())
                                    .filter(its -> its.kept().messages() > 0)
                                    .ifPresent(its -> waitingThen.add(other.getPhysicalName()));
                        }
                    }

                    @Override
                    public void dropped(ActiveMQQueue inbox) {
                        throw new UnsupportedOperationException();
                    }
                });
        assertEquals(List.of(BOB.getPhysicalName()), waitingThen);
    }

    @Test
    void anInboxThatHasAHigherNumberAlreadyGetsOneOfItsOwn() throws IOException {
        stores.reserve(10);
        long number = stores.sequences().take();
        Message later = message(ALICE);
        log.add(null, later, false);
        stores.find(ALICE.getPhysicalName()).orElseThrow().detach();
        Add add = messages().beginShared(message(AUDIENCE), number);
        assertTrue(add.sequence() > offset(later));
    }

    @Test
    void anInboxThatSomebodyHasOpenGetsOneOfItsOwn() throws IOException {
        stores.reserve(10);
        long number = stores.sequences().take();
        // such a message is in no log
        log.number(unstored -> assertTrue(unstored > number));
        assertTrue(messages().beginShared(message(AUDIENCE), number).sequence() > number + 1);
    }

    @Test
    void whatIsSaidOfItBeforeItIsHandedToTheJournalStays() throws IOException {
        stores.reserve(10);
        long number = stores.sequences().take();
        Message message = message(AUDIENCE);
        Add add = messages().beginShared(message, number);
        log.mark(add.sequence(), READ, true, true);
        write();
        stores.store(AUDIENCE).log();
        StoredMessages audience =
                stores.find(AUDIENCE.getPhysicalName()).orElseThrow().messages();

        stores.commits().submit(new SharedAdd(message, number, List.of(add), audience, null));

        write();
        restart(true);
        assertTrue(log.isWaiting(add.sequence()));
        assertEquals(Set.of(READ), log.marks(add.sequence()));
    }

    @Test
    void whatIsDoneOrRemovedInOneIsThereInTheOthers() throws IOException {
        Message message = message(AUDIENCE);
        for (boolean written : List.of(false, true)) {
            spread(message, List.of(ALICE, BOB), InboxLimits.NONE);
            if (written) {
                write();
            }
            InboxLog bob = stores.store(BOB).log();
            long offset = log.waitingAfter(0);
            log.mark(offset, READ, true, false);
            assertTrue(log.done(offset, false, true, false).isPresent());
            assertTrue(log.isDone(offset));
            assertTrue(bob.isWaiting(bob.waitingAfter(0)));
            write();
            restart(true);
            assertTrue(log.isDone(offset));
            assertEquals(Set.of(READ), log.marks(offset));
            bob = stores.store(BOB).log();
            assertTrue(bob.remove(bob.waitingAfter(0), false, true).isPresent());
            log.remove(offset, false, true);
            write();
            restart(true);
            assertEquals(Long.MAX_VALUE, log.after(0));
            assertEquals(Long.MAX_VALUE, stores.store(BOB).log().after(0));
        }
    }

    @Test
    void theBodyStaysUntilTheLastHasDoneWithItAndIsCleanedAwayThen() throws IOException {
        Message message = message(AUDIENCE);
        spread(message, INBOXES, InboxLimits.NONE);
        write();
        long before = stores.size();
        for (ActiveMQQueue inbox : INBOXES.subList(1, MANY)) {
            InboxLog its = stores.store(inbox).log();
            its.remove(its.waitingAfter(0), false, false);
        }
        write();
        assertEquals(before, stores.size());
        InboxLog first = stores.store(INBOXES.get(0)).log();
        long offset = first.waitingAfter(0);
        first.mark(offset, READ, true, true);
        first.done(offset, false, true, true);
        for (boolean kill : List.of(false, true)) {
            clean();
            first = stores.store(INBOXES.get(0)).log();
            assertTrue(first.isDone(offset));
            assertEquals(Set.of(READ), first.marks(offset));
            assertEquals(Sent.number(message), Sent.number(first.read(offset).orElseThrow()));
            for (ActiveMQQueue inbox : INBOXES.subList(1, 10)) {
                assertEquals(Long.MAX_VALUE, stores.store(inbox).log().after(0));
            }
            restart(kill);
        }
        first = stores.store(INBOXES.get(0)).log();
        long kept = stores.size();
        first.remove(offset, false, true);
        write();
        // its members went with the others' at the first cleaning
        assertTrue(stores.size() < kept);
        assertEquals(0, stores.damage());
    }

    @Test
    void aCrashLeavesItToAllOrToNobody() throws IOException {
        boolean whole = false;
        int expected = 0;
        for (int calls = 1; !whole; calls++) {
            String attempt = "attempt " + calls;
            stores.store(AUDIENCE)
                    .spreading()
                    .spread(
                            message(AUDIENCE),
                            INBOXES.subList(0, 20),
                            InboxLimits.NONE,
                            reach -> List.of(note("id", attempt)),
                            new Told());
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
            boolean there =
                    notes(stores.store(AUDIENCE).log()).getOrDefault("id", "").equals(attempt);
            assertTrue(there || !whole);
            expected += there ? 1 : 0;
            for (ActiveMQQueue inbox : INBOXES.subList(0, 20)) {
                assertEquals(expected, stores.store(inbox).log().waiting());
            }
        }
    }

    @Test
    void aDiskThatFailsLeavesItToNobody() throws IOException {
        disk.failing(1);
        Message message = message(AUDIENCE);
        SharedAdd stored = stores.store(AUDIENCE)
                .spreading()
                .spread(message, List.of(ALICE, BOB), InboxLimits.NONE, reach -> List.of(note("id", "x")), new Told());
        long offset = log.waitingAfter(0);
        assertTrue(log.done(offset, false, true, false).isPresent());
        simulated.turn(true);
        disk.failing(0);
        write();
        assertTrue(stored.failure().isPresent());
        assertEquals(Long.MAX_VALUE, log.after(0));
        assertEquals(0, stores.store(BOB).log().waiting());
        assertEquals(Map.of(), notes(stores.store(AUDIENCE).log()));
        restart(true);
        assertEquals(Long.MAX_VALUE, log.after(0));
    }

    @Test
    void whatIsPurgedBeforeItIsWrittenDoesNotComeBack() throws IOException {
        spread(message(AUDIENCE), List.of(ALICE, BOB), InboxLimits.NONE);
        Departure.all(messages(), List.of());
        assertEquals(0, log.waiting());
        write();
        assertTrue(messages().contents().underway().isEmpty());
        for (boolean kill : List.of(false, true)) {
            assertEquals(Long.MAX_VALUE, log.after(0));
            assertEquals(1, stores.store(BOB).log().waiting());
            restart(kill);
        }
    }

    @Test
    void whatIsFullIsPassedOver() throws IOException {
        written();
        SharedAdd stored = spread(message(AUDIENCE), List.of(ALICE, BOB), new InboxLimits(1, 0, false));
        assertEquals(new Reach(1, 1), stored.reach().orElseThrow());
        assertEquals(1, log.waiting());
        stored = spread(message(AUDIENCE), List.of(ALICE, BOB), new InboxLimits(0, 10, false));
        assertEquals(new Reach(0, 2), stored.reach().orElseThrow());
        assertEquals(
                3, told.stream().filter(inbox -> inbox.startsWith("skipped ")).count(), told.toString());
        write();
        assertTrue(stored.isSafe());
        restart(true);
        assertEquals(1, log.waiting());
    }

    @Test
    void inOneThatNobodyHasOpenTheOldestGoes() throws IOException {
        long oldest = written();
        stores.find(ALICE.getPhysicalName()).orElseThrow().detach();
        SharedAdd stored = spread(message(AUDIENCE), List.of(ALICE), new InboxLimits(1, 0, true));
        assertEquals(new Reach(1, 0), stored.reach().orElseThrow());
        assertEquals(List.of("kept user.alice", "dropped user.alice"), told);
        write();
        restart(true);
        assertEquals(1, log.waiting());
        assertFalse(log.isWaiting(oldest));
        assertTrue(log.lost() >= oldest);
    }

    @Test
    void whenWhatComesAlongCannotBeSaidNobodyHasIt() throws IOException {
        assertThrows(
                IllegalStateException.class,
                () -> stores.store(AUDIENCE)
                        .spreading()
                        .spread(
                                message(AUDIENCE),
                                List.of(ALICE, BOB),
                                InboxLimits.NONE,
                                reach -> {
                                    throw new IllegalStateException("no");
                                },
                                new Told()));
        assertEquals(Long.MAX_VALUE, log.after(0));
        assertEquals(0, messages().kept().bytes());
        write();
        restart(false);
        assertEquals(Long.MAX_VALUE, log.after(0));
    }

    private SharedAdd spread(Message message, List<ActiveMQQueue> inboxes, InboxLimits limits) throws IOException {
        return stores.store(AUDIENCE)
                .spreading()
                .spread(message, inboxes, limits, reach -> List.<Note>of(), new Told());
    }

    private void assertHas(List<ActiveMQQueue> inboxes, Message message) throws IOException {
        for (ActiveMQQueue inbox : inboxes) {
            InboxLog its = stores.store(inbox).log();
            assertEquals(1, its.waiting());
            Message found = its.read(its.waitingAfter(0)).orElseThrow();
            assertEquals(inbox, found.getDestination());
            assertEquals(Sent.number(message), Sent.number(found));
            assertEquals(message.getMessageId(), found.getMessageId());
        }
    }

    private static List<Long> offsets(InboxLog log) {
        List<Long> all = new ArrayList<>();
        for (long offset = log.after(0); offset != Long.MAX_VALUE; offset = log.after(offset)) {
            all.add(offset);
        }
        return all;
    }
}
