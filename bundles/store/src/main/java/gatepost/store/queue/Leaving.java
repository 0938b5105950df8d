package gatepost.store.queue;

import gatepost.store.journal.Batch;
import gatepost.store.journal.GroupCommit;
import java.io.IOException;

/** The record of what has become of a message that is in the journal, or will be before this, and what is remembered of that. */
abstract class Leaving extends Lasting {

    private final boolean urgent;
    private Alongside along;

    /**
     * @param urgent whether the consumer asked for a receipt of its acknowledgement
     * @param along what is written in one group with it, {@code null} for nothing
     */
    Leaving(GroupCommit commits, boolean urgent, Alongside along) {
        super(commits);
        this.urgent = urgent;
        this.along = along;
    }

    /** That one is not written, and this says more: what comes along with it comes along with this. Under the store's lock. */
    final void takeOver(Leaving other) {
        if (along == null) {
            along = other.along;
        } else if (other.along != null) {
            along.and(other.along);
        }
    }

    /** Writes what has become of the message. */
    abstract void write(Batch batch);

    @Override
    public final boolean encode(Batch batch) {
        if (along == null) {
            write(batch);
        } else {
            batch.beginGroup();
            write(batch);
            along.members(batch);
            batch.endGroup();
        }
        return true;
    }

    @Override
    public final void written(Written where) {
        if (along != null) {
            along.written(where, this);
        }
    }

    @Override
    public final void lost(IOException reason) {
        if (along != null) {
            along.unwritten();
        }
        super.lost(reason);
    }

    @Override
    public final boolean isUrgent() {
        return urgent;
    }
}
