package gatepost.store.queue;

import gatepost.store.journal.GroupCommit;

/** What becomes of a message that was on its way to the disk. For the journal's thread. */
final class Arrival {

    private Arrival() {}

    /** It is there. */
    static void written(StoredMessages messages, Add add, long location) {
        synchronized (messages) {
            Contents contents = messages.contents();
            GroupCommit commits = messages.stores().commits();
            contents.settled(add.sequence());
            Leaving later = add.later();
            if (contents.stored(add.sequence()) == QueueIndex.UNWRITTEN) {
                contents.written(add, location);
                messages.born(location);
            } else if (later == null) {
                // the queue was emptied as a whole while this was being written
                later = new Remove(commits, add.queue(), add.sequence(), false);
            }
            if (later != null) {
                commits.submit(later);
            }
        }
    }

    /** @return whether it is still to be written after that failed: it was done, and nothing has happened to it since */
    static boolean isNeeded(StoredMessages messages, Add add) {
        synchronized (messages) {
            Contents contents = messages.contents();
            return add.later() == null
                    && contents.underway().get(add.sequence()) == add
                    // also while another one comes in its place, which may fail as well
                    && contents.stored(add.sequence()) != 0;
        }
    }

    /** It could not be written, and will not be. */
    static void lost(StoredMessages messages, Add add) {
        Leaving later;
        synchronized (messages) {
            messages.contents().remove(add.sequence());
            messages.contents().replaced().remove(add.sequence());
            add.undo();
            messages.contents().settled(add.sequence());
            later = add.later();
        }
        GroupCommit commits = messages.stores().commits();
        if (later instanceof Finish done) {
            later = new Remove(commits, add.queue(), add.sequence(), false);
            later.whenSettled(done::safe);
        }
        if (later != null) {
            // what failed may be on the disk all the same, until something else is
            commits.submit(later);
        }
    }
}
