package gatepost.store.queue;

import gatepost.store.journal.Batch;
import gatepost.store.journal.GroupCommit;

/** The record of what is true of a message that is in the journal, or will be before this. */
final class Mark extends Lasting {

    private final long queue;
    private final long sequence;
    private final byte flags;
    private final boolean urgent;

    /** @param urgent whether the consumer asked for a receipt of its acknowledgement */
    Mark(GroupCommit commits, long queue, long sequence, byte flags, boolean urgent) {
        super(commits);
        this.queue = queue;
        this.sequence = sequence;
        this.flags = flags;
        this.urgent = urgent;
    }

    @Override
    public boolean encode(Batch batch) {
        batch.flags(queue, sequence, flags);
        return true;
    }

    @Override
    public boolean isUrgent() {
        return urgent;
    }
}
