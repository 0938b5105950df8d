package gatepost.transport.session;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one after another, in their order, on threads that it borrows from a pool only while there is something to do.
 * Tasks wait until {@link #start}.
 */
final class SerialExecutor implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(SerialExecutor.class);

    /** Tasks run in a row before the thread is given back, so that a busy connection does not keep it from the others. */
    private static final int TURN = 64;

    private final Executor pool;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    /** Tasks that wait or run, and one more until the start. */
    private final AtomicInteger waiting = new AtomicInteger(1);

    private volatile long done;

    SerialExecutor(Executor pool) {
        this.pool = pool;
    }

    /** Lets the tasks run; call it once. */
    void start() {
        if (waiting.decrementAndGet() > 0) {
            pool.execute(this::run);
        }
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            pool.execute(this::run);
        }
    }

    /** Runs the task on this thread, right now, if no other is running or waiting; queues it otherwise. */
    void executeHere(Runnable task) {
        if (!waiting.compareAndSet(0, 1)) {
            execute(task);
            return;
        }
        runOne(task);
        if (waiting.decrementAndGet() > 0) {
            pool.execute(this::run);
        }
    }

    private void run() {
        int done = 0;
        int left;
        do {
            runOne(tasks.remove());
            done++;
            left = waiting.decrementAndGet();
        } while (left > 0 && done < TURN);
        if (left > 0) {
            pool.execute(this::run);
        }
    }

    /** @return how many tasks have run; any thread */
    long done() {
        return done;
    }

    private void runOne(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("a task of a connection failed", e);
        }
        done++;
    }
}
