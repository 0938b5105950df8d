package gatepost.threads;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes threads with a name that do not keep Java from ending. What a task throws and nobody catches is in the log, with the thread's
 * name; a scheduler keeps that of its tasks to itself, see {@link RepeatedTask}. Safe for use by several threads.
 */
public final class DaemonThreads implements ThreadFactory {

    private static final Logger LOG = LoggerFactory.getLogger(DaemonThreads.class);

    private final Supplier<String> names;

    private DaemonThreads(Supplier<String> names) {
        this.names = names;
    }

    /** @return for whoever has one thread at a time: each has this name */
    public static DaemonThreads named(String name) {
        return new DaemonThreads(() -> name);
    }

    /** @return for whoever has several: {@code NAME-1}, {@code NAME-2}, and so on */
    public static DaemonThreads numbered(String name) {
        AtomicInteger number = new AtomicInteger();
        return new DaemonThreads(() -> name + "-" + number.incrementAndGet());
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(task, names.get());
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(DaemonThreads::uncaught);
        return thread;
    }

    private static void uncaught(Thread thread, Throwable reason) {
        LOG.error("the thread {} has ended by what it did not catch", thread.getName(), reason);
    }
}
