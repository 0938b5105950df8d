package gatepost.store.queue;

import java.util.Arrays;

/**
 * Where the messages of one queue are, by their sequence numbers: two arrays of numbers, since many millions of messages may
 * wait. They come in order and mostly go in order. An empty index takes no more than itself.
 */
final class QueueIndex {

    /** Location of a message that is not in the journal yet. */
    static final long UNWRITTEN = -1;

    private static final long NOTHING = 0;
    private static final long[] EMPTY = {};
    private static final int SMALLEST = 4;

    private long[] sequences = EMPTY;
    private long[] locations = EMPTY;
    private int start;
    private int end;
    private int size;

    int size() {
        return size;
    }

    /** Adds a message, or says where one is now. */
    void put(long sequence, long location) {
        int at = find(sequence);
        if (at >= 0) {
            size += locations[at] == NOTHING ? 1 : 0;
            locations[at] = location;
            return;
        }
        makeRoom();
        at = -1 - find(sequence);
        System.arraycopy(sequences, at, sequences, at + 1, end - at);
        System.arraycopy(locations, at, locations, at + 1, end - at);
        sequences[at] = sequence;
        locations[at] = location;
        end++;
        size++;
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
        locations[at] = NOTHING;
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
        int to = 0;
        for (int from = start; from < end; from++) {
            if (locations[from] != NOTHING) {
                roomySequences[to] = sequences[from];
                roomyLocations[to++] = locations[from];
            }
        }
        sequences = roomySequences;
        locations = roomyLocations;
        start = 0;
        end = to;
    }
}
