package gatepost.store.queue;

import gatepost.store.journal.Batch;
import gatepost.store.journal.GroupCommit;

/** The record that a message is no longer there. */
final class Remove extends Leaving {

    private final long queue;
    private final long sequence;
    private final boolean trim;

    /** @param urgent whether the consumer asked for a receipt of its acknowledgement */
    Remove(GroupCommit commits, long queue, long sequence, boolean urgent) {
        this(commits, queue, sequence, urgent, false, null);
    }

    /**
     * @param trim whether the message was done, and history holds only so much
     * @param along what is written with it, {@code null} for nothing
     */
    Remove(GroupCommit commits, long queue, long sequence, boolean urgent, boolean trim, Alongside along) {
        super(commits, urgent, along);
        this.queue = queue;
        this.sequence = sequence;
        this.trim = trim;
    }

    @Override
    void write(Batch batch) {
        if (trim) {
            batch.trim(queue, sequence);
        } else {
            batch.remove(queue, sequence);
        }
    }
}
