package gatepost.store.queue;

import gatepost.store.journal.Location;
import java.util.HashMap;
import java.util.Map;

/**
 * What is done of one queue and still kept: an index as of what waits, and flags for the few messages of which more is true than
 * that they are done. Nobody is charged for it. Belongs to its {@link Contents}.
 */
final class History {

    private final QueueIndex index = new QueueIndex();
    /** Only of those that are not just done. */
    private Map<Long, Byte> flags = Map.of();

    private long bytes;

    int size() {
        return index.size();
    }

    /** @return about how many bytes it takes in the journal */
    long bytes() {
        return bytes;
    }

    /** @return where that message is, or 0 when it is not here */
    long get(long sequence) {
        return index.get(sequence);
    }

    /** @return the first number above that one, or {@link Long#MAX_VALUE} */
    long next(long sequence) {
        return index.next(sequence);
    }

    byte flags(long sequence) {
        return index.get(sequence) == 0 ? Flags.NONE : flags.getOrDefault(sequence, Flags.DONE);
    }

    void put(long sequence, long location, byte of) {
        index.put(sequence, location, null);
        bytes += size(location);
        if (of != Flags.DONE) {
            if (flags.isEmpty()) {
                flags = new HashMap<>();
            }
            flags.put(sequence, of);
        }
    }

    /** Says where a message is now. */
    void move(long sequence, long location) {
        bytes += size(location) - size(index.get(sequence));
        index.move(sequence, location);
    }

    /** @return where it was, 0 when it was not here */
    long remove(long sequence) {
        long location = index.remove(sequence);
        bytes -= size(location);
        if (!flags.isEmpty() && flags.remove(sequence) != null && flags.isEmpty()) {
            flags = Map.of();
        }
        return location;
    }

    /** What is not written yet takes nothing. */
    private static int size(long location) {
        return location > 0 ? Location.size(location) : 0;
    }
}
