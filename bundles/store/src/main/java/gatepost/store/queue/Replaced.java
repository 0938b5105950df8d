package gatepost.store.queue;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Messages in whose place others come, until these are on the disk or have failed. Nobody sees them, and the journal still needs them.
 * Belongs to its {@link Contents}.
 */
final class Replaced {

    /**
     * @param location as of any message
     * @param flags what was true of it
     * @param sender who was charged for it, or {@code null}
     */
    record One(long location, byte flags, String sender) {}

    /** Of a queue in which nothing ever was: nothing is put there. */
    static final Replaced NOTHING = new Replaced();

    private Map<Long, One> all = Map.of();

    void put(long sequence, One one) {
        if (all.isEmpty()) {
            all = new HashMap<>();
        }
        all.put(sequence, one);
    }

    /** @return it, or {@code null} when it is not here */
    One take(long sequence) {
        if (all.isEmpty()) {
            return null;
        }
        One one = all.remove(sequence);
        if (all.isEmpty()) {
            all = Map.of();
        }
        return one;
    }

    /** @return where it was, 0 when it was not here */
    long remove(long sequence) {
        One one = take(sequence);
        return one == null ? 0 : one.location();
    }

    /** @return where it is, 0 when it is not here */
    long location(long sequence) {
        One one = get(sequence);
        return one == null ? 0 : one.location();
    }

    byte flags(long sequence) {
        One one = get(sequence);
        return one == null ? Flags.NONE : one.flags();
    }

    /** It is asked for each message that is written, and almost always there is nothing: then it makes no object of the number. */
    private One get(long sequence) {
        return all.isEmpty() ? null : all.get(sequence);
    }

    /** Says where one that is here is now. */
    void move(long sequence, long location) {
        One one = all.get(sequence);
        all.put(sequence, new One(location, one.flags(), one.sender()));
    }

    /** Goes through the numbers of all; the one that it is at may be removed. */
    void forEach(LongConsumer each) {
        Map.copyOf(all).keySet().forEach(each::accept);
    }

    void clear() {
        all = Map.of();
    }
}
