package gatepost.soak;

import java.io.UncheckedIOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Somebody who has one session after another, on a thread of their own: Gatepost may end each of them at any time. */
abstract class Actor implements AutoCloseable {

    private static final int LONGEST_PAUSE = 20;
    private static final long RETRY = TimeUnit.MILLISECONDS.toNanos(500);

    private final Thread thread;
    private final Random random;
    private final AtomicLong sessions = new AtomicLong();
    private final AtomicLong broken = new AtomicLong();
    private volatile boolean stopped;
    private volatile String lastBreak = "";

    Actor(String name, Random random) {
        this.random = random;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** Connects, does something, and returns; what ends it otherwise is an {@link AssertionError} or the socket's own. */
    abstract void session();

    final void start() {
        thread.start();
    }

    final Random random() {
        return random;
    }

    final boolean stopped() {
        return stopped;
    }

    /** Nobody is always busy. */
    final void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_PAUSE)));
    }

    final long sessions() {
        return sessions.get();
    }

    final long broken() {
        return broken.get();
    }

    /** @return how the last session that was broken off ended, for whoever looks for a fault */
    final String lastBreak() {
        return lastBreak;
    }

    private void run() {
        while (!stopped) {
            try {
                session();
                sessions.incrementAndGet();
                pause();
            } catch (AssertionError | UncheckedIOException e) {
                // that is what the map's editor and kill -9 do to people
                lastBreak = String.valueOf(e.getMessage());
                broken.incrementAndGet();
                LockSupport.parkNanos(RETRY);
            }
        }
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
