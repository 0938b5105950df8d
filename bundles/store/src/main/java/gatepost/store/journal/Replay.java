package gatepost.store.journal;

import java.nio.ByteBuffer;

/** What was found at the start, in the order in which it was written. */
public interface Replay {

    void queue(long queue, String name, long location);

    void add(long queue, long sequence, long expiration, ByteBuffer message, long location);

    /**
     * A message that several queues have.
     *
     * @param location of the message, where its members are, too
     */
    default void shared(long expiration, Members members, long location) {}

    void remove(long queue, long sequence);

    void drop(long queue);

    /** As {@link #queue}, of one that keeps what is done; what was done up to {@code trimmed} may be no longer there. */
    default void log(long queue, String name, long trimmed, long location) {
        queue(queue, name, location);
    }

    /** From now on these flags are true of a message, and no others. */
    default void flags(long queue, long sequence, byte flags) {}

    /** From now on these flags are true of all messages from one to another that are there by then, and the others are not. */
    default void marks(long queue, long from, long upTo, byte set, byte cleared) {}

    /**
     * Something is remembered of a queue instead of what was remembered by that name so far.
     *
     * @param value or {@code null} when it is forgotten
     */
    default void note(long queue, String name, ByteBuffer value, long location) {}

    /** A message that was just removed was done, and kept until then. */
    default void trimmed(long queue, long sequence) {}

    /** The journal says of itself what was true when it wrote this. */
    default void state(JournalState state) {}
}
