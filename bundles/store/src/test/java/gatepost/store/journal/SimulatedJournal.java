package gatepost.store.journal;

import gatepost.contracts.CriticalThread;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** A journal that does its work when it is told to, on the caller's thread, and has a clock of its own. */
public final class SimulatedJournal {

    private final Journal journal;
    private final AtomicLong clock = new AtomicLong(1);
    private GroupCommit commits;

    public SimulatedJournal(SimulatedDisk disk, int segmentSize) {
        journal = new Journal(disk, segmentSize, new SpareSegment(disk, Runnable::run));
    }

    public Journal journal() {
        return journal;
    }

    public GroupCommit commits(Cleaning.Owner owner) {
        commits = new GroupCommit(journal, owner, clock::get, CriticalThread.Ending.OF_JAVA);
        return commits;
    }

    /** Once the journal was opened; writes what the start has to say. */
    public void open() {
        commits.open();
        commits.turn(true);
    }

    public void pass(long nanoseconds) {
        clock.addAndGet(nanoseconds);
    }

    /** @return whether there was anything to do, and it was done */
    public boolean turn(boolean all) {
        return commits.turn(all) == GroupCommit.Turn.DONE;
    }

    public void close() throws IOException {
        journal.close();
    }
}
