package gatepost.store.queue;

import gatepost.store.quota.Charge;
import java.util.Arrays;

/**
 * Where the messages of one queue are, by their sequence numbers, and who sent them: an array of numbers, two for each, since many
 * millions of messages may wait, and a second one of references only while messages of several senders do, and a third of bytes only while
 * there are flags. They come in order and mostly go in order. An empty index takes no more than itself.
 */
final class QueueIndex {

    /** Location of a message that is not in the journal yet. */
    static final long UNWRITTEN = -1;

    private static final long NOTHING = 0;
    private static final long[] EMPTY = {};

    /** The sequence number of a message, and behind it where it is, one message after the other. */
    private long[] entries = EMPTY;
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

    private long sequence(int at) {
        return entries[2 * at];
    }

    private long location(int at) {
        return entries[2 * at + 1];
    }

    private void locate(int at, long location) {
        entries[2 * at + 1] = location;
    }

    private int capacity() {
        return entries.length / 2;
    }

    /** Says where a message is now. */
    void move(long sequence, long location) {
        locate(find(sequence), location);
    }

    /**
     * Adds a message, or says anew what is known of one.
     *
     * @param from who is charged for it, or {@code null}
     */
    void put(long sequence, long location, Charge from) {
        int at = find(sequence);
        if (at >= 0) {
            size += location(at) == NOTHING ? 1 : 0;
            locate(at, location);
            sent(at, from);
            return;
        }
        makeRoom();
        at = -1 - find(sequence);
        System.arraycopy(entries, 2 * at, entries, 2 * at + 2, 2 * (end - at));
        if (senders != null) {
            System.arraycopy(senders, at, senders, at + 1, end - at);
        }
        if (flags != null) {
            System.arraycopy(flags, at, flags, at + 1, end - at);
            flags[at] = Flags.NONE;
        }
        entries[2 * at] = sequence;
        locate(at, location);
        end++;
        size++;
        sent(at, from);
    }

    private void sent(int at, Charge from) {
        if (size == 1) {
            sender = from;
            senders = null;
        } else if (senders == null && sender != from) {
            senders = new Charge[capacity()];
            Arrays.fill(senders, start, end, sender);
        }
        if (senders != null) {
            senders[at] = from;
        }
    }

    /** @return who is charged for the message, or {@code null} */
    Charge sender(long sequence) {
        int at = find(sequence);
        return at < 0 || location(at) == NOTHING ? null : senders == null ? sender : senders[at];
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
            flags = new byte[capacity()];
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
            count += location(at++) == NOTHING ? 0 : 1;
        }
        return count;
    }

    /** @return where the message is, or 0 when there is none */
    long get(long sequence) {
        int at = find(sequence);
        return at < 0 ? NOTHING : location(at);
    }

    /** @return where the message was, or 0 when there was none */
    long remove(long sequence) {
        int at = find(sequence);
        if (at < 0 || location(at) == NOTHING) {
            return NOTHING;
        }
        final long location = location(at);
        if (flags != null) {
            marked -= Flags.areMarks(flags[at]) ? 1 : 0;
            flags[at] = Flags.NONE;
        }
        locate(at, NOTHING);
        if (senders != null) {
            senders[at] = null;
        }
        size--;
        while (start < end && location(start) == NOTHING) {
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
        while (at < end && location(at) == NOTHING) {
            at++;
        }
        return at < end ? sequence(at) : Long.MAX_VALUE;
    }

    void clear() {
        entries = EMPTY;
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
        if (end == start || sequence > sequence(end - 1)) {
            return -1 - end;
        }
        if (sequence == sequence(start)) {
            return start;
        }
        int low = start;
        int high = end - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            long there = sequence(middle);
            if (there < sequence) {
                low = middle + 1;
            } else if (there > sequence) {
                high = middle - 1;
            } else {
                return middle;
            }
        }
        return -1 - low;
    }

    private void makeRoom() {
        if (end < capacity()) {
            return;
        }
        int capacity = size + size / 2 + 1;
        long[] roomy = new long[2 * capacity];
        Charge[] roomySenders = senders == null ? null : new Charge[capacity];
        byte[] roomyFlags = flags == null ? null : new byte[capacity];
        int to = 0;
        for (int from = start; from < end; from++) {
            if (location(from) != NOTHING) {
                if (senders != null) {
                    roomySenders[to] = senders[from];
                }
                if (flags != null) {
                    roomyFlags[to] = flags[from];
                }
                roomy[2 * to] = sequence(from);
                roomy[2 * to++ + 1] = location(from);
            }
        }
        entries = roomy;
        senders = roomySenders;
        flags = roomyFlags;
        start = 0;
        end = to;
    }
}
