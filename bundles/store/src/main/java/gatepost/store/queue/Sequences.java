package gatepost.store.queue;

import gatepost.store.journal.Batch;
import gatepost.store.journal.GroupCommit;
import gatepost.store.journal.JournalState;
import gatepost.store.journal.Operation;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The numbers of messages, of which none is ever given twice, whatever becomes of the message: it may have been delivered before it was
 * written. The journal says up to where numbers may have been given, a block ahead of those that are. Any thread.
 */
final class Sequences {

    /** So many are reserved at a time. */
    static final int BLOCK = 10_000;

    private final int block;
    private final AtomicLong last = new AtomicLong();
    private final AtomicLong queues;
    /** No number above it may be given; the journal says so. */
    private volatile long ceiling;

    private volatile Reserve reserving;
    private long epoch;
    private long lost;
    private long start;

    /** @param queues the highest number that was given to a queue */
    Sequences(int block, AtomicLong queues) {
        this.block = block;
        this.queues = queues;
    }

    /** Goes on where the journal ends. Once, before anything else. */
    void recovered(Recovery.Numbers found) {
        epoch = found.epoch();
        lost = found.lost();
        start = found.last();
        last.set(start);
        ceiling = start;
    }

    int block() {
        return block;
    }

    /** @return of all numbers; the same for as long as the journal is */
    long epoch() {
        return epoch;
    }

    /** @return the highest that a crash may have taken, 0 for none */
    long lost() {
        return lost;
    }

    /** @return the highest that may have been given before the start */
    long start() {
        return start;
    }

    /** @return the highest that was given */
    long last() {
        return last.get();
    }

    /** @return what is true now, with nothing above it given when it is the last that is said */
    JournalState state() {
        return new JournalState(epoch, Math.max(ceiling, last.get()), lost, queues.get(), false);
    }

    /** @return what is true when no number will be given any more */
    JournalState finalState() {
        return new JournalState(epoch, last.get(), lost, queues.get(), true);
    }

    /** @return the next one, which is not for a message that is written: it waits for nothing */
    long next() {
        return last.incrementAndGet();
    }

    /** @return the next one. @throws IOException when it is not reserved, which {@link #reserve} makes nearly impossible */
    long take() throws IOException {
        long next = last.incrementAndGet();
        if (next > ceiling) {
            throw new IOException("messages come faster than the store can number them");
        }
        return next;
    }

    /** @return whether that one may be given to a message that is written */
    boolean isReserved(long number) {
        return number <= ceiling;
    }

    /**
     * Sees to it that so many can be taken. Waits for the disk only where a block was used up faster than the next could be reserved;
     * call it without a lock.
     */
    void reserve(int count, GroupCommit commits) throws IOException {
        long left = ceiling - last.get() - count;
        if (left < block / 2) {
            ask(count, commits);
            if (left < block / 10) {
                await(count, commits);
            }
        }
    }

    /** @return whether {@link #reserve} would not wait */
    boolean hasRoom(int count) {
        return ceiling - last.get() - count >= block / 10;
    }

    /** Has the next block reserved, unless that is being done. */
    void ask(int count, GroupCommit commits) {
        Reserve mine;
        synchronized (this) {
            if (reserving != null) {
                return;
            }
            mine = new Reserve(block + 2L * count, commits);
            reserving = mine;
        }
        mine.whenSettled(() -> mine.failure().ifPresent(reason -> failing(mine, reason)));
        commits.submit(mine);
    }

    private void await(int count, GroupCommit commits) throws IOException {
        while (!hasRoom(count)) {
            ask(count, commits);
            synchronized (this) {
                Reserve current = reserving;
                if (current == null) {
                    continue;
                }
                if (current.reason != null) {
                    throw new IOException(current.reason.getMessage(), current.reason);
                }
                try {
                    wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("interrupted while waiting for the disk");
                }
            }
        }
    }

    private synchronized void settled(long reserved) {
        ceiling = Math.max(ceiling, reserved);
        reserving = null;
        notifyAll();
    }

    private synchronized void failing(Reserve reserve, IOException reason) {
        reserve.reason = reason;
        notifyAll();
    }

    /** The record that more numbers may be given. */
    private final class Reserve extends Lasting {

        private final long count;
        private long to;
        private IOException reason;

        Reserve(long count, GroupCommit commits) {
            super(commits);
            this.count = count;
        }

        @Override
        public boolean encode(Batch batch) {
            to = last.get() + count;
            batch.state(new JournalState(epoch, to, lost, queues.get(), false));
            return true;
        }

        @Override
        public void written(Operation.Written where) {
            settled(to);
        }

        @Override
        public void lost(IOException why) {
            failing(this, why);
            super.lost(why);
        }
    }
}
