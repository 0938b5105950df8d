package gatepost.store.quota;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much is kept for one name: of a user, or in a queue. Any thread, none of which waits for another: each message of an application
 * that sends much over several connections is counted here twice.
 */
public final class Charge {

    /** What became of a wish for more. */
    enum Outcome {
        TAKEN,
        FULL,
        GONE
    }

    /** Instead of the messages: nothing is kept, and {@link Charges} has forgotten it, so that what comes is counted on another one. */
    private static final long FORGOTTEN = Long.MIN_VALUE;

    private final String name;
    /** Those of a message are counted before it is, and taken back before it is. */
    private final AtomicLong bytes = new AtomicLong();

    private final AtomicLong messages = new AtomicLong();

    public Charge(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    public long bytes() {
        return bytes.get();
    }

    public long messages() {
        return Math.max(0, messages.get());
    }

    /** Counts what is there, whether it may be or not. @return false when this one is forgotten */
    public boolean add(long moreBytes, long moreMessages) {
        return reserve(moreBytes, moreMessages, 0, 0) == Outcome.TAKEN;
    }

    /** Counts it if it stays within these, of which 0 is no limit. */
    Outcome reserve(long moreBytes, long moreMessages, long mostBytes, long mostMessages) {
        if (take(bytes, moreBytes, mostBytes) == Outcome.FULL) {
            return Outcome.FULL;
        }
        Outcome outcome = take(messages, moreMessages, mostMessages);
        if (outcome != Outcome.TAKEN) {
            bytes.addAndGet(-moreBytes);
        }
        return outcome;
    }

    private static Outcome take(AtomicLong kept, long more, long most) {
        while (true) {
            long now = kept.get();
            if (now == FORGOTTEN) {
                return Outcome.GONE;
            }
            if (most > 0 && now + more > most) {
                return Outcome.FULL;
            }
            if (kept.compareAndSet(now, now + more)) {
                return Outcome.TAKEN;
            }
        }
    }

    /** Takes back what was counted. */
    public void subtract(long lessBytes, long lessMessages) {
        bytes.addAndGet(-lessBytes);
        messages.addAndGet(-lessMessages);
    }

    /** @return whether nothing is kept any more, so that it is to be forgotten */
    boolean retire() {
        return messages.get() == 0 && messages.compareAndSet(0, FORGOTTEN);
    }

    @Override
    public String toString() {
        return name + ": " + messages() + " messages, " + bytes() + " bytes";
    }
}
