package gatepost.store.queue;

import gatepost.store.journal.GroupCommit;
import gatepost.store.journal.Operation;
import java.io.IOException;

/** A record of what is so already in memory. When it cannot be written it is tried again, for nobody can be told. */
abstract class Lasting extends Operation {

    private final GroupCommit commits;

    Lasting(GroupCommit commits) {
        this.commits = commits;
    }

    @Override
    public void written(Written where) {
        // it was so before
    }

    @Override
    public void lost(IOException reason) {
        commits.retry(this, reason);
    }
}
