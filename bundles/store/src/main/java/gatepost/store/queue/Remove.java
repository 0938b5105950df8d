package gatepost.store.queue;

import gatepost.store.journal.Batch;
import gatepost.store.journal.GroupCommit;
import gatepost.store.journal.Operation;
import java.io.IOException;

/** The record that a message is no longer there. When it cannot be written it is tried again, for nobody can be told. */
final class Remove extends Operation {

    private final GroupCommit commits;
    private final long queue;
    private final long sequence;
    private final boolean urgent;

    /** @param urgent whether the consumer asked for a receipt of its acknowledgement */
    Remove(GroupCommit commits, long queue, long sequence, boolean urgent) {
        this.commits = commits;
        this.queue = queue;
        this.sequence = sequence;
        this.urgent = urgent;
    }

    @Override
    public boolean encode(Batch batch) {
        batch.remove(queue, sequence);
        return true;
    }

    @Override
    public void written(Written where) {
        // the message was forgotten before
    }

    @Override
    public void lost(IOException reason) {
        commits.retry(this, reason);
    }

    @Override
    public boolean isUrgent() {
        return urgent;
    }
}
