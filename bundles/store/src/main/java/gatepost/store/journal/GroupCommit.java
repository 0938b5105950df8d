package gatepost.store.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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

    private record Patient(Operation operation, long due) {
    }

    private final Journal journal;
    private final Cleaning cleaning;
    private final Queue<Operation> urgent = new ConcurrentLinkedQueue<>();
    private final Queue<Patient> patient = new ConcurrentLinkedQueue<>();
    private final Queue<Operation> leisurely = new ConcurrentLinkedQueue<>();
    private Batch batch;
    private final Thread thread = new Thread(this::run, "gatepost-store");
    private volatile boolean idle;
    private volatile boolean asleep;
    private volatile boolean stopping;
    private boolean failing;
    /** Whether nothing came since the last rest. */
    private boolean quiet;
    /** When what nobody waits for is written at the latest; 0 while there is none. */
    private long leisureDue;

    public GroupCommit(Journal journal, Cleaning.Owner owner) {
        this.journal = journal;
        this.cleaning = new Cleaning(journal, owner);
    }

    /** Begins to write; after the journal was opened. */
    public void start() {
        batch = journal.batch();
        thread.setDaemon(true);
        thread.start();
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
    }

    /** Has it written in a moment, if it is still needed then; any thread. */
    public void submitPatiently(Operation operation) {
        patient.add(new Patient(operation, System.nanoTime() + PATIENCE));
        if (idle) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        List<Operation> taken = new ArrayList<>();
        while (true) {
            boolean last = stopping;
            try {
                boolean sync = take(taken, last);
                if (!taken.isEmpty()) {
                    quiet = false;
                    write(taken, sync);
                } else if (last && isEmpty()) {
                    return;
                } else if (!cleaning.step(batch)) {
                    rest();
                }
            } catch (RuntimeException e) {
                LOG.error("writing to the journal failed", e);
                fail(taken, new IOException("the store failed: " + e.getMessage(), e));
            } catch (IOException e) {
                if (!failing) {
                    failing = true;
                    LOG.error("the store cannot be written; sends are refused until it can", e);
                }
                fail(taken, e);
            }
            taken.clear();
        }
    }

    private boolean isEmpty() {
        return urgent.isEmpty() && patient.isEmpty() && leisurely.isEmpty();
    }

    /** Encodes what is due. @return whether somebody waits for it to be on the disk */
    private boolean take(List<Operation> taken, boolean all) {
        batch.clear();
        boolean sync = false;
        long now = System.nanoTime();
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
            encode(next, taken);
        }
        if (leisureDue == 0 && !leisurely.isEmpty()) {
            leisureDue = now + LEISURE;
        }
        if (leisureDue != 0 && (sync || all || leisureDue - now <= 0)) {
            takeLeisurely(taken);
        }
        return sync;
    }

    private void takeLeisurely(List<Operation> taken) {
        leisureDue = 0;
        while (batch.size() < BATCH_BYTES) {
            Operation next = leisurely.poll();
            if (next == null) {
                return;
            }
            encode(next, taken);
        }
    }

    private void encode(Operation operation, List<Operation> taken) {
        if (operation.encode(batch)) {
            taken.add(operation);
        }
    }

    private void write(List<Operation> taken, boolean sync) throws IOException {
        int start = journal.append(batch);
        if (sync) {
            journal.force();
        }
        if (failing) {
            failing = false;
            LOG.info("the store can be written again");
        }
        Operation.Written where = offset -> journal.location(batch, start, offset);
        for (Operation operation : taken) {
            operation.written(where);
            operation.safe();
        }
    }

    private void fail(List<Operation> taken, IOException reason) {
        journal.abandon();
        for (Operation operation : taken) {
            operation.lost(reason);
        }
        LockSupport.parkNanos(PAUSE);
    }

    private void rest() {
        Patient head = firstNeeded();
        asleep = true;
        idle = quiet && head == null && leisureDue == 0;
        if (urgent.isEmpty() && !stopping) {
            if (head != null) {
                LockSupport.parkNanos(this, Math.max(0, head.due() - System.nanoTime()));
            } else if (leisureDue != 0) {
                LockSupport.parkNanos(this, Math.max(0, leisureDue - System.nanoTime()));
            } else if (!quiet) {
                // whoever sends the next message need not wake this thread for it
                LockSupport.parkNanos(this, PATIENCE);
                quiet = true;
            } else if (isEmpty()) {
                LockSupport.park(this);
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
