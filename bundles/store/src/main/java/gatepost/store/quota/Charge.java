package gatepost.store.quota;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * How much is kept for one name: of a user, or in a queue. Any thread, none of which waits for another: each message of an application
 * that sends much over several connections is counted here twice.
 */
public class Charge {

    /** What became of a wish for more. */
    enum Outcome {
        TAKEN,
        FULL,
        GONE
    }

    /** Instead of the messages: nothing is kept, and {@link Charges} has forgotten it, so that what comes is counted on another one. */
    private static final long FORGOTTEN = Long.MIN_VALUE;

    /** Each queue has one: two numbers, and no object for each of them. */
    private static final AtomicLongFieldUpdater<Charge> BYTES =
            AtomicLongFieldUpdater.newUpdater(Charge.class, "bytes");

    private static final AtomicLongFieldUpdater<Charge> MESSAGES =
            AtomicLongFieldUpdater.newUpdater(Charge.class, "messages");

    private final String name;
    /** Those of a message are counted before it is, and taken back before it is. */
    private volatile long bytes;

    private volatile long messages;

    public Charge(String name) {
        this.name = name;
    }

    public final String name() {
        return name;
    }

    public final long bytes() {
        return bytes;
    }

    public final long messages() {
        return Math.max(0, messages);
    }

    /** Counts what is there, whether it may be or not. @return false when this one is forgotten */
    public final boolean add(long moreBytes, long moreMessages) {
        return reserve(moreBytes, moreMessages, 0, 0) == Outcome.TAKEN;
    }

    /** Counts it if it stays within these, of which 0 is no limit. */
    final Outcome reserve(long moreBytes, long moreMessages, long mostBytes, long mostMessages) {
        if (take(BYTES, moreBytes, mostBytes) == Outcome.FULL) {
            return Outcome.FULL;
        }
        Outcome outcome = take(MESSAGES, moreMessages, mostMessages);
        if (outcome != Outcome.TAKEN) {
            BYTES.addAndGet(this, -moreBytes);
        }
        return outcome;
    }

    private Outcome take(AtomicLongFieldUpdater<Charge> kept, long more, long most) {
        while (true) {
            long now = kept.get(this);
            if (now == FORGOTTEN) {
                return Outcome.GONE;
            }
            if (most > 0 && now + more > most) {
                return Outcome.FULL;
            }
            if (kept.compareAndSet(this, now, now + more)) {
                return Outcome.TAKEN;
            }
        }
    }

    /** Takes back what was counted. */
    public final void subtract(long lessBytes, long lessMessages) {
        BYTES.addAndGet(this, -lessBytes);
        MESSAGES.addAndGet(this, -lessMessages);
    }

    /** @return whether nothing is kept any more, so that it is to be forgotten */
    final boolean retire() {
        return messages == 0 && MESSAGES.compareAndSet(this, 0, FORGOTTEN);
    }

    @Override
    public final String toString() {
        return name + ": " + messages() + " messages, " + bytes() + " bytes";
    }
}
