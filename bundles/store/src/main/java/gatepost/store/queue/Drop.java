package gatepost.store.queue;

import gatepost.store.journal.Batch;
import gatepost.store.journal.GroupCommit;
import gatepost.store.journal.Operation;
import java.io.IOException;

/** The record that a queue is gone, with all that was in it. Tried again when it cannot be written. */
final class Drop extends Operation {

    private final GroupCommit commits;
    private final long queue;

    Drop(GroupCommit commits, long queue) {
        this.commits = commits;
        this.queue = queue;
    }

    @Override
    public boolean encode(Batch batch) {
        batch.drop(queue);
        return true;
    }

    @Override
    public void written(Written where) {
        // the queue was forgotten before
    }

    @Override
    public void lost(IOException reason) {
        commits.retry(this, reason);
    }
}
