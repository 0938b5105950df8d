package gatepost.broker.region;

import java.util.Arrays;

/**
 * The sequence numbers of messages that no reader of a queue wanted, in order: eight bytes for each, the message itself is in the store
 * only. They are looked through from the first to the last; a new one comes behind them. Not safe for use by several threads.
 */
final class PassedOver {

    private static final long GONE = 0;
    private static final long[] NONE = {};

    private long[] sequences = NONE;
    private int end;
    private int at;
    private int size;

    /** @return how many there are, looked at or not */
    int size() {
        return size;
    }

    /** Adds one that comes after all others; call it only when all those were looked at. */
    void add(long sequence) {
        if (end == sequences.length) {
            sequences = Arrays.copyOf(sequences, Math.max(16, end + end / 2));
        }
        sequences[end++] = sequence;
        size++;
        at = end;
    }

    /** Begins again with the first one. */
    void rewind() {
        int kept = 0;
        for (int i = 0; i < end; i++) {
            if (sequences[i] != GONE) {
                sequences[kept++] = sequences[i];
            }
        }
        sequences = kept == 0 ? NONE : sequences;
        end = kept;
        at = 0;
    }

    boolean hasNext() {
        return at < end;
    }

    /** @return the one that is looked at */
    long current() {
        return sequences[at];
    }

    /** It stays here. */
    void pass() {
        do {
            at++;
        } while (at < end && sequences[at] == GONE);
    }

    /** Somebody wants it, or it is gone. */
    void remove() {
        sequences[at] = GONE;
        size--;
        pass();
    }

    void clear() {
        sequences = NONE;
        end = 0;
        at = 0;
        size = 0;
    }
}
