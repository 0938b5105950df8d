package gatepost.store.queue;

import gatepost.store.journal.Batch;
import gatepost.store.journal.GroupCommit;

/** The record that a message is no longer there. */
final class Remove extends Lasting {

    private final long queue;
    private final long sequence;
    private final boolean urgent;
    private final boolean trim;

    /** @param urgent whether the consumer asked for a receipt of its acknowledgement */
    Remove(GroupCommit commits, long queue, long sequence, boolean urgent) {
        this(commits, queue, sequence, urgent, false);
    }

    /** @param trim whether the message was done, and history holds only so much */
    Remove(GroupCommit commits, long queue, long sequence, boolean urgent, boolean trim) {
        super(commits);
        this.queue = queue;
        this.sequence = sequence;
        this.urgent = urgent;
        this.trim = trim;
    }

    @Override
    public boolean encode(Batch batch) {
        if (trim) {
            batch.trim(queue, sequence);
        } else {
            batch.remove(queue, sequence);
        }
        return true;
    }

    @Override
    public boolean isUrgent() {
        return urgent;
    }
}
