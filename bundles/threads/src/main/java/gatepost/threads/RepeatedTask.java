package gatepost.threads;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that is to be done again and again. A scheduler never runs a task again that threw anything, and says nothing of it; a timer
 * of Java's ends as a whole. This logs it, once until it succeeds again, and is run at its next time.
 */
public final class RepeatedTask implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(RepeatedTask.class);

    private final String name;
    private final Runnable task;
    private boolean failing;

    /** @param name of what it does, for the log: "the look for changed files" */
    public RepeatedTask(String name, Runnable task) {
        this.name = name;
        this.task = task;
    }

    @Override
    public synchronized void run() {
        try {
            task.run();
            if (failing) {
                failing = false;
                LOG.info("{} succeeds again", name);
            }
        } catch (RuntimeException | Error e) {
            if (!failing) {
                failing = true;
                LOG.error("{} failed, which is tried again at its next time", name, e);
            }
        }
    }
}
