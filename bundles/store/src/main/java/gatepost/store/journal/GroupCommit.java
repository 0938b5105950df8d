package gatepost.store.journal;

import gatepost.contracts.CriticalThread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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

    /** Nanoseconds that a message has to be acknowledged before it is written, where somebody is there to do that. */
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(4);
    /** Bytes after which a batch is written though more waits. */
    private static final int BATCH_BYTES = 1 << 20;
    /** How long nothing is tried after a failure. */
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
    /** Nanoseconds that what nobody waits for may wait for company. */
    private static final long LEISURE = TimeUnit.MILLISECONDS.toNanos(4);
    /** Nanoseconds after which what nobody waits for is synced, and said to be, though nothing else is. */
    private static final long CALM = TimeUnit.SECONDS.toNanos(1);

    private record Patient(Operation operation, long due) {
    }

    /** What came of a turn. */
    enum Turn {
        DONE, NOTHING_TO_DO, FAILED
    }

    private final Journal journal;
    private final Cleaning cleaning;
    private final LongSupplier clock;
    private final CriticalThread thread;
    private final Queue<Operation> urgent = new ConcurrentLinkedQueue<>();
    private final Queue<Patient> patient = new ConcurrentLinkedQueue<>();
    private final Queue<Operation> leisurely = new ConcurrentLinkedQueue<>();
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
    /** When what nobody waits for is written at the latest; 0 while there is none. */
    private long leisureDue;
    /** When all that was written is synced and marked at the latest; 0 while it is. */
    private long calmDue;

    public GroupCommit(Journal journal, Cleaning.Owner owner) {
        this(journal, owner, System::nanoTime, CriticalThread.Ending.OF_JAVA);
    }

    /** @param clock nanoseconds */
    GroupCommit(Journal journal, Cleaning.Owner owner, LongSupplier clock, CriticalThread.Ending ending) {
        this.journal = journal;
        this.cleaning = new Cleaning(journal, owner);
        this.clock = clock;
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
        if (operation.isUrgent()) {
            urgent.add(operation);
            if (asleep) {
                LockSupport.unpark(thread);
            }
        } else {
            leisurely.add(operation);
            if (idle) {
                LockSupport.unpark(thread);
            }
        }
        refuseWhenDead();
    }

    /** Has it written in a moment, if it is still needed then; any thread. */
    public void submitPatiently(Operation operation) {
        patient.add(new Patient(operation, clock.getAsLong() + PATIENCE));
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
                        if (last && isEmpty()) {
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

    /** Writes what is due, or has a step of the cleaning done. @param all whether it is to be written though it is not due */
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

    private boolean isEmpty() {
        return urgent.isEmpty() && patient.isEmpty() && leisurely.isEmpty() && unsynced.isEmpty();
    }

    /** Encodes what is due. @return whether somebody waits for it to be on the disk */
    private boolean take(boolean all) {
        batch.clear();
        boolean sync = false;
        long now = clock.getAsLong();
        while (batch.size() < BATCH_BYTES) {
            Patient head = patient.peek();
            Operation next = urgent.poll();
            if (next == null && head != null && (all || head.due() - now <= 0)) {
                next = patient.poll().operation();
            }
            if (next == null) {
                break;
            }
            sync = true;
            encode(next);
        }
        if (leisureDue == 0 && !leisurely.isEmpty()) {
            leisureDue = now + LEISURE;
        }
        if (leisureDue != 0 && (sync || all || leisureDue - now <= 0)) {
            takeLeisurely();
        }
        return sync;
    }

    private void takeLeisurely() {
        leisureDue = 0;
        while (batch.size() < BATCH_BYTES) {
            Operation next = leisurely.poll();
            if (next == null) {
                return;
            }
            encode(next);
        }
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
            full = batch.size() >= BATCH_BYTES;
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
            if (operation.isSettled()) {
                continue;
            }
            if (stopping) {
                // nobody comes to try it again
                operation.failed(reason);
            } else {
                operation.lost(reason);
            }
        }
    }

    private void refuseWhenDead() {
        IOException reason = dead;
        if (reason == null) {
            return;
        }
        for (Operation next = urgent.poll(); next != null; next = urgent.poll()) {
            next.failed(reason);
        }
        for (Operation next = leisurely.poll(); next != null; next = leisurely.poll()) {
            next.failed(reason);
        }
        for (Patient next = patient.poll(); next != null; next = patient.poll()) {
            next.operation().failed(reason);
        }
    }

    private void rest() {
        Patient head = firstNeeded();
        asleep = true;
        idle = quiet && head == null && leisureDue == 0;
        if (urgent.isEmpty() && !stopping) {
            if (head != null) {
                LockSupport.parkNanos(this, Math.max(0, head.due() - clock.getAsLong()));
            } else if (leisureDue != 0) {
                LockSupport.parkNanos(this, Math.max(0, leisureDue - clock.getAsLong()));
            } else if (!quiet) {
                // whoever sends the next message need not wake this thread for it
                LockSupport.parkNanos(this, PATIENCE);
                quiet = true;
            } else if (urgent.isEmpty() && patient.isEmpty() && leisurely.isEmpty()) {
                if (calmDue == 0) {
                    LockSupport.park(this);
                } else {
                    LockSupport.parkNanos(this, Math.max(0, calmDue - clock.getAsLong()));
                }
            }
        }
        idle = false;
        asleep = false;
    }

    /** Leaves out what was acknowledged meanwhile, so that this thread does not wake up for it. */
    private Patient firstNeeded() {
        Patient head = patient.peek();
        while (head != null && head.operation().isSettled()) {
            patient.poll();
            quiet = false;
            head = patient.peek();
        }
        return head;
    }
}
