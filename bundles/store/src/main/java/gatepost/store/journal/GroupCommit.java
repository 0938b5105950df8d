package gatepost.store.journal;

import gatepost.contracts.CriticalThread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. It takes all that waits at a time, writes it with one call and syncs it with another, however
 * many wait for it (group commit). What may be taken back soon can be given a moment before it is written.
 */
public final class GroupCommit {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    /** How long nothing is tried after a failure. */
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
    /** Nanoseconds after which what nobody waits for is synced, and said to be, though nothing else is. */
    private static final long CALM = TimeUnit.SECONDS.toNanos(1);

    /** What came of a turn. */
    enum Turn {
        DONE,
        NOTHING_TO_DO,
        FAILED
    }

    private final Journal journal;
    private final Cleaning cleaning;
    private final LongSupplier clock;
    private final CriticalThread thread;
    private final Intake intake;
    private final List<Operation> taken = new ArrayList<>();
    /** Written, and not synced yet. */
    private final List<Operation> unsynced = new ArrayList<>();

    private Batch batch;
    private volatile boolean idle;
    private volatile boolean asleep;
    private volatile boolean stopping;
    private volatile String problem;
    /** Why nothing will ever be written again. */
    private volatile IOException dead;
    /** Whether nothing came since the last rest. */
    private boolean quiet;
    /** When all that was written is synced and marked at the latest; 0 while it is. */
    private long calmDue;

    public GroupCommit(Journal journal, Cleaning.Owner owner) {
        this(journal, owner, System::nanoTime, CriticalThread.Ending.OF_JAVA);
    }

    /** @param clock nanoseconds */
    GroupCommit(Journal journal, Cleaning.Owner owner, LongSupplier clock, CriticalThread.Ending ending) {
        this.journal = journal;
        this.cleaning = new Cleaning(journal, owner, clock);
        this.clock = clock;
        this.intake = new Intake(clock);
        this.thread = new CriticalThread(this::run, "gatepost-store", ending);
    }

    /** Begins to write; after the journal was opened. */
    public void start() {
        open();
        thread.start();
    }

    /** Begins to write when {@link #turn} is called. */
    void open() {
        batch = journal.batch();
    }

    /** Writes all that waits and ends. */
    public void stop() throws IOException {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the journal was being closed", e);
        }
        journal.close();
    }

    /** @return why nothing can be written right now; any thread */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Has it written as soon as possible; any thread. */
    public void submit(Operation operation) {
        intake.add(operation);
        if (operation.isUrgent() ? asleep : idle) {
            LockSupport.unpark(thread);
        }
        refuseWhenDead();
    }

    /** Has it written after it could not be, unless nobody will be there to do that; the journal's thread. */
    public void retry(Operation operation, IOException reason) {
        if (stopping || dead != null) {
            operation.failed(reason);
        } else {
            submit(operation);
        }
    }

    /** Has it written in a moment, if it is still needed then; any thread. */
    public void submitDelayed(Operation operation) {
        intake.addDelayed(operation);
        if (idle) {
            LockSupport.unpark(thread);
        }
        refuseWhenDead();
    }

    private void run() {
        try {
            while (true) {
                boolean last = stopping;
                switch (turn(last)) {
                    case DONE -> {
                        // there may be more
                    }
                    case FAILED -> LockSupport.parkNanos(PAUSE);
                    case NOTHING_TO_DO -> {
                        if (last && intake.isEmpty() && unsynced.isEmpty()) {
                            return;
                        }
                        rest();
                    }
                }
            }
        } catch (Throwable e) {
            // whoever waits must not wait for ever, whatever it was
            problem = "the store's thread has ended: " + e;
            dead = new IOException(problem, e);
            taken.forEach(operation -> operation.failed(dead));
            unsynced.forEach(operation -> operation.failed(dead));
            refuseWhenDead();
            throw e;
        }
    }

    /**
     * Writes what is due, or has a step of the cleaning done.
     *
     * @param all whether it is to be written though it is not due
     */
    Turn turn(boolean all) {
        try {
            boolean wanted = take(all);
            if (!taken.isEmpty()) {
                quiet = false;
                write(wanted || all);
                return Turn.DONE;
            }
            if (calmDue != 0 && (all || calmDue - clock.getAsLong() <= 0)) {
                calm();
                return Turn.DONE;
            }
            // at the end nothing is won back: a disk that fails must not hold it up
            if (all || !cleaning.step(batch, this::flush)) {
                return Turn.NOTHING_TO_DO;
            }
            calmDue = clock.getAsLong() + CALM;
            return Turn.DONE;
        } catch (RuntimeException e) {
            LOG.error("writing to the journal failed", e);
            fail(new IOException("the store failed: " + e.getMessage(), e));
        } catch (IOException e) {
            if (problem == null) {
                LOG.error("the store cannot be written; sends are refused until it can", e);
            }
            fail(e);
        }
        return Turn.FAILED;
    }

    /** Encodes what is due. @return whether somebody waits for it to be on the disk */
    private boolean take(boolean all) {
        batch.clear();
        return intake.take(all, batch, this::encode);
    }

    private void encode(Operation operation) {
        int before = batch.size();
        if (before == 0) {
            journal.mark(batch);
            before = batch.size();
        }
        try {
            if (operation.encode(batch)) {
                taken.add(operation);
            }
        } catch (RuntimeException e) {
            // others must not pay for it
            LOG.error("something could not be written", e);
            batch.shorten(before);
            operation.lost(new IOException("it could not be written: " + e.getMessage(), e));
        } catch (Error e) {
            // it is not among those that were taken, and the end of this thread must not leave it behind
            operation.failed(new IOException("it could not be written: " + e, e));
            throw e;
        }
    }

    private void write(boolean sync) throws IOException {
        int start = journal.append(batch);
        if (sync) {
            journal.force();
        }
        if (problem != null) {
            problem = null;
            LOG.info("the store can be written again");
        }
        calmDue = clock.getAsLong() + CALM;
        Operation.Written where = offset -> journal.location(batch, start, offset);
        for (Operation operation : taken) {
            operation.written(where);
            if (sync) {
                operation.safe();
            } else {
                unsynced.add(operation);
            }
        }
        taken.clear();
        if (sync) {
            synced();
        }
    }

    private void synced() {
        unsynced.forEach(Operation::safe);
        unsynced.clear();
    }

    /** Syncs what nobody waits for, and says at its end that it is synced. */
    private void calm() throws IOException {
        journal.force();
        synced();
        batch.clear();
        journal.mark(batch);
        if (batch.size() > 0) {
            journal.append(batch);
            journal.force();
        }
        calmDue = 0;
    }

    /** Returns when all that was handed over before is on the disk. */
    private void flush() throws IOException {
        boolean full;
        do {
            take(true);
            full = Intake.isFull(batch);
            if (!taken.isEmpty()) {
                write(true);
            }
        } while (full);
        journal.force();
        synced();
    }

    private void fail(IOException reason) {
        problem = "the store cannot be written: " + reason.getMessage();
        // what interrupted the last write must not do so with the next
        Thread.interrupted();
        journal.abandon();
        List<Operation> lost = new ArrayList<>(unsynced);
        lost.addAll(taken);
        unsynced.clear();
        taken.clear();
        calmDue = 0;
        for (Operation operation : lost) {
            if (!operation.isSettled()) {
                operation.lost(reason);
            }
        }
    }

    private void refuseWhenDead() {
        IOException reason = dead;
        if (reason != null) {
            intake.refuse(reason);
        }
    }

    private void rest() {
        if (intake.leaveOutSettled()) {
            quiet = false;
        }
        long due = intake.due();
        asleep = true;
        idle = quiet && due == 0;
        if (!intake.holdsUrgent() && !stopping) {
            if (due != 0) {
                parkUntil(due);
            } else if (!quiet) {
                // whoever sends the next message need not wake this thread for it
                LockSupport.parkNanos(this, Intake.DELAY);
                quiet = true;
            } else if (intake.isEmpty()) {
                if (calmDue == 0) {
                    LockSupport.park(this);
                } else {
                    parkUntil(calmDue);
                }
            }
        }
        idle = false;
        asleep = false;
    }

    private void parkUntil(long due) {
        LockSupport.parkNanos(this, Math.max(0, due - clock.getAsLong()));
    }
}
