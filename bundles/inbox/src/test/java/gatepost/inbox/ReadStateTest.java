package gatepost.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.InboxRequest;
import gatepost.contracts.InboxRequest.Kind;
import gatepost.contracts.inbox.Mark;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.activemq.command.ActiveMQQueue;
import org.junit.jupiter.api.Test;

class ReadStateTest {

    private static final ActiveMQQueue ALICE = new ActiveMQQueue("user.alice");

    private final MemoryLog log = new MemoryLog();
    private final Watchers watchers = new Watchers();
    private ReadState read = new ReadState(log, watchers, log.notes());

    private boolean ask(Kind kind, long offset, long upTo, String epoch) {
        return read.apply(InboxRequest.mark(
                        ALICE,
                        kind,
                        offset == 0 ? OptionalLong.empty() : OptionalLong.of(offset),
                        upTo == 0 ? OptionalLong.empty() : OptionalLong.of(upTo),
                        Optional.of(epoch)))
                .isPresent();
    }

    private boolean ask(Kind kind, long offset, long upTo) {
        return ask(kind, offset, upTo, log.epoch());
    }

    @Test
    void seenOnlyRisesUpToTheHeadAndIsRemembered() {
        for (int i = 0; i < 5; i++) {
            log.put();
        }
        assertTrue(ask(Kind.SEEN, 0, 3));
        assertEquals(3, read.seen());
        assertFalse(ask(Kind.SEEN, 0, 2));
        assertFalse(ask(Kind.SEEN, 0, 3));
        assertEquals(3, read.seen());
        assertTrue(ask(Kind.SEEN, 0, 1_000));
        assertEquals(5, read.seen());

        read = new ReadState(log, watchers, log.notes());
        assertEquals(5, read.seen());
    }

    @Test
    void anotherEpochChangesNothing() {
        long offset = log.put();
        assertFalse(ask(Kind.SEEN, 0, offset, "e-0"));
        assertFalse(ask(Kind.READ, offset, 0, "e-0"));
        assertFalse(read.apply(InboxRequest.mark(
                        ALICE, Kind.READ, OptionalLong.of(offset), OptionalLong.empty(), Optional.empty()))
                .isPresent());
        assertEquals(0, read.seen());
        assertEquals(1, log.unread());
    }

    @Test
    void afterAPurgeMarksBeginAnew() {
        ask(Kind.SEEN, 0, log.put());
        log.purge(List.of());
        read.purged();
        assertEquals(0, read.seen());
    }

    /** Reading, archiving and what leaves, in any order, against what a few lines make of it. */
    @Test
    void unreadAgreesWithAModel() {
        Random random = new Random(7);
        TreeMap<Long, Set<Mark>> model = new TreeMap<>();
        for (int i = 0; i < 5_000; i++) {
            long offset = 1L + random.nextInt(i + 1);
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> model.put(log.put(), EnumSet.noneOf(Mark.class));
                case 3 -> {
                    boolean changed =
                            model.containsKey(offset) && model.get(offset).add(Mark.READ);
                    assertEquals(changed, ask(Kind.READ, offset, 0));
                }
                case 4 -> {
                    boolean changed =
                            model.containsKey(offset) && model.get(offset).remove(Mark.READ);
                    assertEquals(changed, ask(Kind.UNREAD, offset, 0));
                }
                case 5 -> {
                    boolean changed =
                            model.containsKey(offset) && model.get(offset).add(Mark.ARCHIVED);
                    assertEquals(changed, ask(Kind.ARCHIVE, offset, 0));
                }
                case 6 -> {
                    model.headMap(offset / 4, true).values().forEach(marks -> marks.add(Mark.READ));
                    ask(Kind.READ, 0, Math.max(1, offset / 4));
                }
                default -> {
                    model.remove(offset);
                    log.remove(offset, false, false);
                }
            }
            long unread = model.values().stream().filter(Set::isEmpty).count();
            assertEquals(unread, log.unread(), "after step " + i);
        }
    }
}
