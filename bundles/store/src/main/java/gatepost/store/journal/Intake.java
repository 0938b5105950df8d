package gatepost.store.journal;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** What waits to be written, in the order in which it is due. Any thread adds; the journal's thread takes. */
final class Intake {

    /** Nanoseconds that a message has to be acknowledged before it is written, where somebody is there to do that. */
    static final long DELAY = TimeUnit.MILLISECONDS.toNanos(4);
    /** Nanoseconds that what nobody waits for may wait for company. */
    private static final long LEISURE = TimeUnit.MILLISECONDS.toNanos(4);
    /** Bytes after which a batch is written though more waits. */
    private static final int BATCH_BYTES = 1 << 20;

    private record Delayed(Operation operation, long due) {}

    private final LongSupplier clock;
    private final Queue<Operation> urgent = new ConcurrentLinkedQueue<>();
    private final Queue<Delayed> delayed = new ConcurrentLinkedQueue<>();
    private final Queue<Operation> leisurely = new ConcurrentLinkedQueue<>();
    /** When what nobody waits for is due; 0 while there is none. The journal's thread only. */
    private long leisureDue;

    /** @param clock nanoseconds */
    Intake(LongSupplier clock) {
        this.clock = clock;
    }

    void add(Operation operation) {
        (operation.isUrgent() ? urgent : leisurely).add(operation);
    }

    void addDelayed(Operation operation) {
        delayed.add(new Delayed(operation, clock.getAsLong() + DELAY));
    }

    boolean isEmpty() {
        return urgent.isEmpty() && delayed.isEmpty() && leisurely.isEmpty();
    }

    boolean holdsUrgent() {
        return !urgent.isEmpty();
    }

    static boolean isFull(Batch batch) {
        return batch.size() >= BATCH_BYTES;
    }

    /**
     * Gives out what is due, until the batch that it is written to is full.
     *
     * @param all whether what is not due is, too
     * @return whether somebody waits for it to be on the disk
     */
    boolean take(boolean all, Batch batch, Consumer<Operation> taker) {
        boolean awaited = false;
        long now = clock.getAsLong();
        while (!isFull(batch)) {
            Delayed head = delayed.peek();
            Operation next = urgent.poll();
            if (next == null && head != null && (all || head.due() - now <= 0)) {
                next = delayed.poll().operation();
            }
            if (next == null) {
                break;
            }
            awaited = true;
            taker.accept(next);
        }
        if (leisureDue == 0 && !leisurely.isEmpty()) {
            leisureDue = now + LEISURE;
        }
        if (leisureDue != 0 && (awaited || all || leisureDue - now <= 0)) {
            leisureDue = 0;
            for (Operation next = isFull(batch) ? null : leisurely.poll();
                    next != null;
                    next = isFull(batch) ? null : leisurely.poll()) {
                taker.accept(next);
            }
        }
        return awaited;
    }

    /** Leaves out what was acknowledged meanwhile, so that nobody wakes up for it. @return whether there was such */
    boolean leaveOutSettled() {
        boolean any = false;
        for (Delayed head = delayed.peek(); head != null && head.operation().isSettled(); head = delayed.peek()) {
            delayed.poll();
            any = true;
        }
        return any;
    }

    /** @return when something is due that is not urgent, in nanoseconds of the clock, 0 when nothing is there */
    long due() {
        Delayed head = delayed.peek();
        return head != null ? head.due() : leisureDue;
    }

    /** None of it will ever be written. */
    void refuse(IOException reason) {
        for (Operation next = urgent.poll(); next != null; next = urgent.poll()) {
            next.failed(reason);
        }
        for (Operation next = leisurely.poll(); next != null; next = leisurely.poll()) {
            next.failed(reason);
        }
        for (Delayed next = delayed.poll(); next != null; next = delayed.poll()) {
            next.operation().failed(reason);
        }
    }
}
