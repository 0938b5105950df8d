package gatepost.contracts;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread without which Gatepost must not go on: whatever it does not catch ends the process, loudly, so that whoever watches over it
 * starts it again. Without this it would be missing in silence, and everybody would wait for it.
 */
public final class CriticalThread extends Thread {

    /** The exit status of the process: an internal error, as {@code sysexits.h} numbers it. */
    public static final int EXIT_STATUS = 70;

    private static final Logger LOG = LoggerFactory.getLogger(CriticalThread.class);
    /** Time for all else to stop in good order and for the logs to be written. */
    private static final long GRACE_SECONDS = 30;

    /** What follows when such a thread ends by what it did not catch. Runs on that thread. */
    @FunctionalInterface
    public interface Ending {

        /** Ends Java as a signal would, and without further ado where that takes too long. */
        Ending OF_JAVA = CriticalThread::exit;

        void end(Thread thread, Throwable reason);
    }

    public CriticalThread(Runnable task, String name, Ending ending) {
        super(task, name);
        setDaemon(true);
        setUncaughtExceptionHandler(ending::end);
    }

    private static void exit(Thread thread, Throwable reason) {
        LOG.error(
                "the thread {} has ended, without which Gatepost cannot go on: the process ends with status {}",
                thread.getName(),
                EXIT_STATUS,
                reason);
        // not on this thread: whatever stops in good order may wait for it to be gone
        new Thread(() -> Runtime.getRuntime().exit(EXIT_STATUS), thread.getName() + "-exit").start();
        Thread halt = new Thread(
                () -> {
                    try {
                        TimeUnit.SECONDS.sleep(GRACE_SECONDS);
                    } catch (InterruptedException e) {
                        LOG.warn("interrupted while the process was ending", e);
                    }
                    Runtime.getRuntime().halt(EXIT_STATUS);
                },
                thread.getName() + "-halt");
        halt.setDaemon(true);
        halt.start();
    }
}
