package gatepost.store.queue;

import gatepost.store.journal.Location;

/**
 * What is done of one queue and still kept: an index as of what waits, with flags for those of which more is true than that they are
 * done. Nobody is charged for it. Belongs to its {@link Contents}.
 */
final class History {

    /** Of what is done, while nothing is: nothing is put there. */
    static final History NONE = new History();

    private final QueueIndex index = new QueueIndex();
    private long bytes;

    int size() {
        return index.size();
    }

    /** @return of how many the owner has said anything */
    int marked() {
        return index.marked();
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

    /** @return how many are above that number */
    int above(long sequence) {
        return index.above(sequence);
    }

    byte flags(long sequence) {
        return index.get(sequence) == 0 ? Flags.NONE : (byte) (index.flags(sequence) | Flags.DONE);
    }

    void put(long sequence, long location, byte flags) {
        index.put(sequence, location, null);
        bytes += size(location);
        flag(sequence, flags);
    }

    /** From now on these are true of it. That it is done goes without saying, and takes no memory. */
    void flag(long sequence, byte flags) {
        index.flag(sequence, (byte) (flags & ~Flags.DONE));
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
        return location;
    }

    /** What is not written yet takes nothing. */
    private static int size(long location) {
        return location > 0 ? Location.size(location) : 0;
    }
}
