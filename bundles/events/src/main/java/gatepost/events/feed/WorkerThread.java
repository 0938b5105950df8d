package gatepost.events.feed;

import gatepost.threads.DaemonThreads;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link Worker} with a thread of its own. What fails is in the log and keeps nothing else from running. */
public final class WorkerThread implements Worker {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerThread.class);

    private final ScheduledThreadPoolExecutor thread;

    public WorkerThread(String name) {
        thread = new ScheduledThreadPoolExecutor(1, DaemonThreads.named(name));
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void run(Runnable task) {
        later(0, task);
    }

    @Override
    public void later(long nanos, Runnable task) {
        try {
            thread.schedule(() -> tried(task), nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("given something after the end", e);
        }
    }

    private static void tried(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("events failed at something, and go on", e);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
