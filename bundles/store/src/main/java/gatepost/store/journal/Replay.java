package gatepost.store.journal;

import java.nio.ByteBuffer;

/** What was found at the start, in the order in which it was written. */
public interface Replay {

    void queue(long queue, String name, long location);

    void add(long queue, long sequence, long expiration, ByteBuffer message, long location);

    void remove(long queue, long sequence);

    void drop(long queue);

    /** As {@link #queue}, of one that keeps what is done; what was done up to {@code trimmed} may be no longer there. */
    default void log(long queue, String name, long trimmed, long location) {
        queue(queue, name, location);
    }

    /** From now on these flags are true of a message, and no others. */
    default void flags(long queue, long sequence, byte flags) {}

    /** A message that was just removed was done, and kept until then. */
    default void trimmed(long queue, long sequence) {}

    /** The journal says of itself what was true when it wrote this. */
    default void state(JournalState state) {}
}
