package gatepost.store.queue;

import gatepost.store.quota.Charge;
import java.util.Arrays;

/**
 * Where the messages of one queue are, by their sequence numbers, and who sent them: two arrays of numbers, since many millions of
 * messages may wait, and a third one of references only while messages of several senders do, and a fourth of bytes only while there
 * are flags. They come in order and mostly go in order. An empty index takes no more than itself.
 */
final class QueueIndex {

    /** Location of a message that is not in the journal yet. */
    static final long UNWRITTEN = -1;

    private static final long NOTHING = 0;
    private static final long[] EMPTY = {};
    private static final int SMALLEST = 4;

    private long[] sequences = EMPTY;
    private long[] locations = EMPTY;
    /** Who sent all of them, {@code null} for nobody, while {@link #senders} is not there. */
    private Charge sender;

    private Charge[] senders;
    /** What is true of each, {@code null} while nothing is of any. */
    private byte[] flags;
    /** How many have one of {@link Flags#MARKS}. */
    private int marked;

    private int start;
    private int end;
    private int size;

    int size() {
        return size;
    }

    /** Says where a message is now. */
    void move(long sequence, long location) {
        locations[find(sequence)] = location;
    }

    /**
     * Adds a message, or says anew what is known of one.
     *
     * @param from who is charged for it, or {@code null}
     */
    void put(long sequence, long location, Charge from) {
        int at = find(sequence);
        if (at >= 0) {
            size += locations[at] == NOTHING ? 1 : 0;
            locations[at] = location;
            sent(at, from);
            return;
        }
        makeRoom();
        at = -1 - find(sequence);
        System.arraycopy(sequences, at, sequences, at + 1, end - at);
        System.arraycopy(locations, at, locations, at + 1, end - at);
        if (senders != null) {
            System.arraycopy(senders, at, senders, at + 1, end - at);
        }
        if (flags != null) {
            System.arraycopy(flags, at, flags, at + 1, end - at);
            flags[at] = Flags.NONE;
        }
        sequences[at] = sequence;
        locations[at] = location;
        end++;
        size++;
        sent(at, from);
    }

    private void sent(int at, Charge from) {
        if (size == 1) {
            sender = from;
            senders = null;
        } else if (senders == null && sender != from) {
            senders = new Charge[sequences.length];
            Arrays.fill(senders, start, end, sender);
        }
        if (senders != null) {
            senders[at] = from;
        }
    }

    /** @return who is charged for the message, or {@code null} */
    Charge sender(long sequence) {
        int at = find(sequence);
        return at < 0 || locations[at] == NOTHING ? null : senders == null ? sender : senders[at];
    }

    /** @return what is true of the message; nothing when there is none */
    byte flags(long sequence) {
        int at = flags == null ? -1 : find(sequence);
        return at < 0 ? Flags.NONE : flags[at];
    }

    /** From now on these are true of a message that is there. */
    void flag(long sequence, byte now) {
        if (flags == null && now == Flags.NONE) {
            return;
        }
        if (flags == null) {
            flags = new byte[sequences.length];
        }
        int at = find(sequence);
        marked += (Flags.areMarks(now) ? 1 : 0) - (Flags.areMarks(flags[at]) ? 1 : 0);
        flags[at] = now;
    }

    /** @return how many have one of {@link Flags#MARKS} */
    int marked() {
        return marked;
    }

    /** @return how many are above that number; walks through them */
    int above(long sequence) {
        int at = find(sequence);
        at = at >= 0 ? at + 1 : -1 - at;
        if (at <= start) {
            return size;
        }
        int count = 0;
        while (at < end) {
            count += locations[at++] == NOTHING ? 0 : 1;
        }
        return count;
    }

    /** @return where the message is, or 0 when there is none */
    long get(long sequence) {
        int at = find(sequence);
        return at < 0 ? NOTHING : locations[at];
    }

    /** @return where the message was, or 0 when there was none */
    long remove(long sequence) {
        int at = find(sequence);
        if (at < 0 || locations[at] == NOTHING) {
            return NOTHING;
        }
        final long location = locations[at];
        if (flags != null) {
            marked -= Flags.areMarks(flags[at]) ? 1 : 0;
            flags[at] = Flags.NONE;
        }
        locations[at] = NOTHING;
        if (senders != null) {
            senders[at] = null;
        }
        size--;
        while (start < end && locations[start] == NOTHING) {
            start++;
        }
        if (size == 0) {
            clear();
        }
        return location;
    }

    /** @return the first sequence number above that one, or {@link Long#MAX_VALUE} when there is none */
    long next(long sequence) {
        int at = find(sequence);
        at = at >= 0 ? at + 1 : -1 - at;
        while (at < end && locations[at] == NOTHING) {
            at++;
        }
        return at < end ? sequences[at] : Long.MAX_VALUE;
    }

    void clear() {
        sequences = EMPTY;
        locations = EMPTY;
        sender = null;
        senders = null;
        flags = null;
        marked = 0;
        start = 0;
        end = 0;
        size = 0;
    }

    private int find(long sequence) {
        // almost always it is the newest that comes and the oldest that goes
        if (end == start || sequence > sequences[end - 1]) {
            return -1 - end;
        }
        if (sequence == sequences[start]) {
            return start;
        }
        return Arrays.binarySearch(sequences, start, end, sequence);
    }

    private void makeRoom() {
        if (end < sequences.length) {
            return;
        }
        int capacity = Math.max(SMALLEST, size + size / 2 + 1);
        long[] roomySequences = new long[capacity];
        long[] roomyLocations = new long[capacity];
        Charge[] roomySenders = senders == null ? null : new Charge[capacity];
        byte[] roomyFlags = flags == null ? null : new byte[capacity];
        int to = 0;
        for (int from = start; from < end; from++) {
            if (locations[from] != NOTHING) {
                if (senders != null) {
                    roomySenders[to] = senders[from];
                }
                if (flags != null) {
                    roomyFlags[to] = flags[from];
                }
                roomySequences[to] = sequences[from];
                roomyLocations[to++] = locations[from];
            }
        }
        sequences = roomySequences;
        locations = roomyLocations;
        senders = roomySenders;
        flags = roomyFlags;
        start = 0;
        end = to;
    }
}
