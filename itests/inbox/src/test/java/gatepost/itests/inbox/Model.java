package gatepost.itests.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import gatepost.itests.harness.ServerFrame;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is to be expected of one inbox, from what its clients were told: a RECEIPT makes something certain, and what had none when Gatepost
 * was killed may be so or not until the log is looked at. Each message has a text of its own. For one thread.
 */
final class Model {

    /** How sure it is. */
    enum Is {
        NO,
        MAYBE,
        YES
    }

    /** A message that has an offset. */
    static final class Entry {

        final String text;
        final long offset;
        /** Whether a RECEIPT or the log has said that it is there. */
        boolean safe;
        /** Whether it was in the log when that was looked at: it is on the disk, done or not. */
        boolean written;

        Is done = Is.NO;
        /** Withdrawn or replaced, which is no gap for anybody. */
        Is gone = Is.NO;
        /** Whether the limits of the history took it, which is a gap. */
        boolean trimmed;
        /** Whether a tab with {@code ack:auto} has got it, with which it comes to be done. */
        boolean taken;

        boolean read;
        boolean archived;
        private String name;
        private long expires = Long.MAX_VALUE;

        private Entry(String text, long offset) {
            this.text = text;
            this.offset = offset;
        }

        boolean mayBeGone() {
            return gone != Is.NO || System.currentTimeMillis() >= expires;
        }

        @Override
        public String toString() {
            return text + "@" + offset + " done " + done + " gone " + gone + (trimmed ? " trimmed" : "");
        }
    }

    /** How far a device is: what it has acknowledged for sure, and what it has perhaps. */
    static final class Device {
        final Set<Long> has = new HashSet<>();
        final Set<Long> mayHave = new HashSet<>();
        /** Whether Gatepost knows it for sure: one that had acknowledged nothing need not be remembered over a kill. */
        boolean known;
    }

    /** All that were ever seen, by epoch and offset: none is given twice. */
    private final Map<String, NavigableMap<Long, Entry>> logs = new HashMap<>();
    /** Texts whose SEND or COMMIT had no RECEIPT. */
    private final Set<String> underway = new HashSet<>();

    private final Map<String, Long> expiries = new HashMap<>();
    /** What was lost by a kill, and may not come back under its offset. */
    private final Set<String> lost = new HashSet<>();

    private final Map<String, Device> devices = new HashMap<>();
    private String epoch;
    private long seen;
    /** Above it no gap may be told: nothing was lost there, and nothing trimmed. */
    private long nothingMissingAbove;

    /** Of the history, messages. */
    private int limit;
    /** Whether a tab with {@code ack:auto} is there, which may have whatever is sent done at any time. */
    private boolean takesAtOnce;

    NavigableMap<Long, Entry> log() {
        return log(epoch);
    }

    NavigableMap<Long, Entry> log(String ofEpoch) {
        return logs.computeIfAbsent(ofEpoch, none -> new TreeMap<>());
    }

    String epoch() {
        return epoch;
    }

    long head() {
        return log().isEmpty() ? 0 : log().lastKey();
    }

    boolean isNothingMissingAbove(long offset) {
        return limit == Integer.MAX_VALUE && offset >= nothingMissingAbove;
    }

    boolean isLimited() {
        return limit != Integer.MAX_VALUE;
    }

    /** @return whether something may have come of which no RECEIPT has said where it is */
    boolean isAnyUnderway() {
        return !underway.isEmpty();
    }

    boolean isThere(String text) {
        return log().values().stream().anyMatch(entry -> entry.text.equals(text) && entry.gone != Is.YES);
    }

    boolean mayBeTrimmed(Entry entry) {
        return entry.trimmed || limit != Integer.MAX_VALUE && entry.done != Is.NO;
    }

    Device device(String name) {
        return devices.get(name);
    }

    /** A device begins. For one that is new, what is done by then is not for it. */
    Device begins(String name) {
        Device device = devices.computeIfAbsent(name, any -> new Device());
        if (!device.known) {
            log().values().stream().filter(e -> e.done != Is.NO).forEach(e -> device.mayHave.add(e.offset));
        }
        device.known = true;
        return device;
    }

    void limit(int messages) {
        limit = messages;
    }

    void takesAtOnce(boolean so) {
        takesAtOnce = so;
        if (so) {
            log().values().forEach(Model::mayBeDone);
        }
    }

    /** A SEND is on its way; before each. */
    void sends(String text) {
        underway.add(text);
    }

    /** @param at milliseconds since 1970 after which it may be gone */
    void expires(String text, long at) {
        expiries.put(text, at);
    }

    /** A RECEIPT says where the message is, which it said before if it is the same. */
    Entry sent(String text, ServerFrame receipt) {
        Entry entry = at(text, Position.epoch(receipt), Position.offset(receipt));
        entry.safe = true;
        underway.remove(text);
        return entry;
    }

    /** Somebody has got a message. */
    Entry came(ServerFrame message) {
        Entry entry = at(message.text(), Position.epoch(message), Position.offset(message));
        String name = message.header("message-id");
        assertTrue(entry.name == null || entry.name.equals(name), () -> entry + " was " + entry.name + ", is " + name);
        entry.name = name;
        return entry;
    }

    private Entry at(String text, String inEpoch, long offset) {
        Entry known = log(inEpoch).get(offset);
        if (known != null) {
            assertEquals(known.text, text, () -> offset + " was given twice");
            assertTrue(!lost.contains(inEpoch + offset), () -> known + " was lost, and is back");
            return known;
        }
        assertEquals(epoch, inEpoch, () -> text + " is in another epoch");
        assertTrue(underway.remove(text), () -> text + " was not sent, or is a second message at " + offset);
        long head = head();
        if (nothingMissingAbove == Long.MAX_VALUE) {
            nothingMissingAbove = offset - 1;
            assertTrue(offset > head, () -> text + " has " + offset + " after the restart, below " + head);
        }
        Entry entry = new Entry(text, offset);
        entry.expires = expiries.getOrDefault(text, Long.MAX_VALUE);
        entry.done = takesAtOnce ? Is.MAYBE : Is.NO;
        log().put(offset, entry);
        return entry;
    }

    static void mayBeDone(Entry entry) {
        entry.done = entry.done == Is.NO ? Is.MAYBE : entry.done;
    }

    /** The owner's ACK or NACK of one message was answered. */
    void acknowledged(Entry entry, boolean settled) {
        if (entry.done == Is.NO && !entry.mayBeGone()) {
            assertTrue(settled, () -> entry + " waits, but its ACK settled nothing");
        } else if (entry.done == Is.YES || entry.gone == Is.YES) {
            assertTrue(!settled, () -> entry + " does not wait, but its ACK settled it");
        }
        entry.done = settled || !entry.mayBeGone() ? Is.YES : Is.MAYBE;
        entry.gone = settled ? Is.NO : entry.gone;
    }

    /** The owner's ACK or NACK was answered, together with others. */
    void acknowledged(Entry entry) {
        entry.done = entry.mayBeGone() && entry.done != Is.YES ? Is.MAYBE : Is.YES;
    }

    /** The sender takes it back. */
    void withdrawn(Entry entry, boolean settled) {
        boolean wasThere = entry.gone != Is.YES;
        assertTrue(wasThere ? settled || mayBeTrimmed(entry) : !settled, () -> entry + " was withdrawn: " + settled);
        entry.gone = Is.YES;
    }

    /** A later message takes the place of one that is not done. */
    void replaced(Entry entry) {
        if (entry.done != Is.YES) {
            entry.gone = entry.done == Is.NO ? Is.YES : Is.MAYBE;
        }
    }

    void sawUpTo(long offset) {
        seen = Math.max(seen, Math.min(offset, head()));
    }

    /** @param newEpoch of what is sent from now on */
    void purged(String newEpoch) {
        assertTrue(!logs.containsKey(newEpoch), "the epoch is the same after a purge");
        epoch = newEpoch;
        seen = 0;
        nothingMissingAbove = 0;
        devices.clear();
    }

    /** Gatepost was killed: until the next message comes, anything may be missing at the end. */
    void killed() {
        nothingMissingAbove = Long.MAX_VALUE;
        takesAtOnce = false;
        devices.values().forEach(device -> device.known = !device.has.isEmpty());
    }

    /**
     * The whole log was looked at, while nobody sent anything.
     *
     * @param restarted whether that is the first look after a kill, with nobody else there: then it says what has become of what was not
     *     certain
     */
    void holds(List<ServerFrame> messages, boolean restarted) {
        List<Long> offsets = Position.offsets(messages);
        assertEquals(offsets.stream().sorted().distinct().toList(), offsets, "offsets rise");
        Map<Long, ServerFrame> there =
                messages.stream().collect(Collectors.toMap(Position::offset, message -> message));
        for (ServerFrame message : messages) {
            if (restarted) {
                nothingMissingAbove = 0;
            }
            Entry entry = came(message);
            List<String> state = state(message);
            assertTrue(entry.gone != Is.YES, () -> entry + " is back");
            assertTrue(!entry.trimmed, () -> entry + " is back");
            boolean done = state.contains("done");
            assertTrue(entry.done != Is.YES || done, () -> entry + " waits again");
            assertTrue(entry.done != Is.NO || !done, () -> entry + " is done by nobody");
            assertTrue(restarted || !entry.taken || done, () -> entry + " was taken, and waits");
            assertEquals(entry.read, state.contains("read"), () -> entry + ": read");
            assertEquals(entry.archived, state.contains("archived"), () -> entry + ": archived");
            entry.safe = true;
            entry.written = true;
            entry.done = done ? Is.YES : restarted ? Is.NO : entry.done;
            entry.gone = Is.NO;
            entry.taken &= !restarted;
        }
        for (Entry entry : List.copyOf(log().values())) {
            if (!there.containsKey(entry.offset) && entry.gone != Is.YES && !entry.trimmed) {
                missing(entry, restarted);
            }
        }
        if (restarted) {
            nothingMissingAbove = Long.MAX_VALUE;
            underway.clear();
        }
        assertTrue(
                messages.stream().filter(Position::isDone).count() <= limit,
                () -> "the history has more than " + limit + " messages");
    }

    private void missing(Entry entry, boolean restarted) {
        if (entry.mayBeGone()) {
            entry.gone = Is.YES;
        } else if (restarted && !entry.written && (!entry.safe || entry.done != Is.NO)) {
            // whoever was told that it is safe was told so since it was done
            entry.gone = Is.YES;
            if (limit == Integer.MAX_VALUE) {
                lost.add(epoch + entry.offset);
            }
        } else if (entry.done != Is.NO && limit != Integer.MAX_VALUE) {
            entry.trimmed = true;
            nothingMissingAbove = Math.max(nothingMissingAbove, entry.offset);
        } else {
            fail(entry + " is not in the log");
        }
    }

    private static List<String> state(ServerFrame message) {
        String state = message.header("gatepost-state");
        return state == null ? List.of() : List.of(state.split(","));
    }

    /** @return the end of what who watches is told, when the log holds these messages */
    String counts(List<ServerFrame> messages) {
        long unseen = messages.stream().filter(m -> Position.offset(m) > seen).count();
        long unread = messages.stream()
                .map(Model::state)
                .filter(state -> !state.contains("read") && !state.contains("archived"))
                .count();
        return "\"seen\":" + seen + ",\"unseen\":" + unseen + ",\"unread\":" + unread;
    }

    /** Starts with the epoch that the first RECEIPT names. */
    static Model of(String epoch) {
        Model model = new Model();
        model.epoch = epoch;
        return model;
    }
}
