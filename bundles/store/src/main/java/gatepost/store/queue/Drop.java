package gatepost.store.queue;

import gatepost.store.journal.Batch;
import gatepost.store.journal.GroupCommit;

/** The record that a queue is gone, with all that was in it. */
final class Drop extends Lasting {

    private final long queue;

    Drop(GroupCommit commits, long queue) {
        super(commits);
        this.queue = queue;
    }

    @Override
    public boolean encode(Batch batch) {
        batch.drop(queue);
        return true;
    }
}
