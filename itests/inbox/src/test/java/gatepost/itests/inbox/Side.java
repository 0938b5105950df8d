package gatepost.itests.inbox;

import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Somebody who talks to Gatepost on a thread of their own until the connection is lost. What they know then is what a client can know;
 * to be asked for it after {@link #join}.
 */
abstract class Side {

    private static final long PATIENCE_SECONDS = 60;

    private final StompClient client;
    private final Semaphore answers = new Semaphore(0);
    private final Thread thread = new Thread(this::run, getClass().getSimpleName());
    private volatile AssertionError lost;

    Side(StompClient client) {
        this.client = client;
    }

    /** Says something, or waits for something, and notes what came of it; again and again. */
    abstract void talk(StompClient client);

    final void start() {
        thread.start();
    }

    /** Waits until so many RECEIPTs have come. */
    final void awaitAnswers(int count) throws InterruptedException {
        if (!answers.tryAcquire(count, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError(thread.getName() + " got " + answers.availablePermits() + " RECEIPTs", lost);
        }
    }

    final void join() throws InterruptedException {
        thread.join();
    }

    /** Notes that a RECEIPT has come. */
    final void answered() {
        answers.release();
    }

    static ServerFrame next(StompClient client) {
        ServerFrame frame = client.frame();
        if (frame.command().equals("ERROR")) {
            throw new AssertionError("an ERROR: " + frame);
        }
        return frame;
    }

    private void run() {
        try {
            while (true) {
                talk(client);
            }
        } catch (AssertionError e) {
            // Gatepost is gone, which the test has brought about
            lost = e;
        }
    }
}
