package gatepost.broker;

import gatepost.threads.DaemonThreads;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.thread.TaskRunnerFactory;

/**
 * The threads on which ActiveMQ accepts and ends connections and serves queues: so many and no more, where ActiveMQ starts one
 * for each task that finds none idle. When 5,000 users went at once, that was 2,151 threads. None of these tasks waits for
 * another one to begin, so that they may stand in a line.
 */
final class BoundedTasks extends TaskRunnerFactory {

    static final int THREADS = 64;
    private static final int ITERATIONS = 1000;
    private static final long IDLE_SECONDS = 30;

    private final String name;

    BoundedTasks(String broker) {
        super("gatepost-broker-" + broker, Thread.NORM_PRIORITY, true, ITERATIONS, false);
        this.name = "gatepost-broker-" + broker;
    }

    @Override
    protected ExecutorService createDefaultExecutor() {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                DaemonThreads.numbered(name));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
