package gatepost.store.queue;

import gatepost.store.journal.Batch;
import gatepost.store.journal.GroupCommit;
import java.io.IOException;

/** The record that a queue is an inbox, where the journal says that it is none, or nothing of it. */
final class Define extends Lasting {

    private final QueueDefinition definition;
    private final long queue;
    private int offset;

    Define(GroupCommit commits, QueueDefinition definition, long queue) {
        super(commits);
        this.definition = definition;
        this.queue = queue;
    }

    @Override
    public boolean encode(Batch batch) {
        offset = definition.rewrite(batch, queue);
        if (offset < 0) {
            safe();
            return false;
        }
        return true;
    }

    @Override
    public void written(Written where) {
        definition.rewritten(queue, where.location(offset));
    }

    @Override
    public void lost(IOException reason) {
        definition.lost(queue);
        super.lost(reason);
    }
}
