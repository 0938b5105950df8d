package gatepost.welcome;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that greetings get there: each is sent again until its receipt has come. Whether one is still wanted is asked when its turn
 * comes, which costs nothing of the pace: most of those who are in the users file at a start were greeted long ago.
 *
 * <p>All state belongs to one thread, on which every method is to be called.
 */
final class Courier {

    /** Knows the greetings that are carried; called on the courier's thread. */
    interface Greetings {

        /**
         * @return whether it is still to be sent
         * @throws IOException when nobody can be asked right now
         */
        boolean isDue(Due due) throws IOException;

        Greeting compose(Due due);

        /** Its receipt has come. */
        void arrived(Due due);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    private static final long FIRST_DELAY_MILLIS = 1000;
    private static final long LONGEST_DELAY_MILLIS = 60_000;
    private static final long UNKNOWN_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** A broker that starts is waited for so many times without a word. */
    private static final int UNKNOWN_QUIETLY = 30;
    /** So many are asked for before others get the thread. */
    private static final int QUESTIONS = 1000;

    private final ScheduledExecutorService thread;
    private final Greetings greetings;
    private final Backlog backlog = new Backlog();
    private final Set<Due> inFlight = new HashSet<>();
    private final Map<Due, Integer> failures = new HashMap<>();
    private Sender sender;
    private Pace pace = new Pace(System.nanoTime());
    private boolean waiting;
    private int unknown;
    private String trouble = "";

    Courier(ScheduledExecutorService thread, Greetings greetings) {
        this.thread = thread;
        this.greetings = greetings;
    }

    /**
     * Goes on in another way.
     *
     * @param route what greetings are sent with; {@code null} for nothing
     * @param rate greetings a second
     * @param mostInFlight greetings without a receipt
     */
    void change(Sender route, int rate, int mostInFlight) {
        if (route != sender) {
            // what is in flight is given up with the old route, and due again
            sender = route;
            inFlight.clear();
            pace = new Pace(System.nanoTime());
        }
        failures.clear();
        pace.change(rate, mostInFlight, System.nanoTime());
    }

    /** Sends nothing more; receipts of what is on its way still count. */
    void stop() {
        sender = null;
    }

    /** @return whether there is something to send greetings with */
    boolean isSending() {
        return sender != null;
    }

    /** Takes a greeting for when its turn comes; {@link #proceed} sends it. */
    void add(Due due) {
        backlog.add(due);
    }

    /** Takes a greeting for somebody who has just signed in, and goes before the others. */
    void addPresent(Due due) {
        backlog.addPresent(due);
    }

    /** Sends as much as may be sent now. */
    void proceed() {
        for (int questions = 0; sender != null && !waiting; questions++) {
            long wait = pace.waitAt(System.nanoTime());
            if (wait == Pace.UNTIL_BACK) {
                return;
            }
            if (wait > 0 || questions == QUESTIONS) {
                proceedIn(Math.max(0, wait));
                return;
            }
            Due due = backlog.next();
            if (due == null) {
                return;
            }
            if (!inFlight.contains(due)) {
                sendIfDue(due);
            }
        }
    }

    private void proceedIn(long nanos) {
        waiting = true;
        thread.schedule(
                () -> {
                    waiting = false;
                    proceed();
                },
                nanos,
                TimeUnit.NANOSECONDS);
    }

    private void sendIfDue(Due due) {
        try {
            boolean wanted = greetings.isDue(due);
            unknown = 0;
            if (wanted) {
                send(due);
            }
        } catch (IOException e) {
            backlog.putBack(due);
            if (++unknown > UNKNOWN_QUIETLY) {
                say(due, e);
            }
            proceedIn(UNKNOWN_NANOS);
        }
    }

    /**
     * Sends a greeting at once and once only, whatever the pace.
     *
     * @param outcome told on this thread: {@code null} when the receipt has come, else why it has not
     */
    void sendOnce(Due due, Consumer<Exception> outcome) {
        sender.send(greetings.compose(due), failure -> soon(() -> outcome.accept(failure)));
    }

    private void send(Due due) {
        Sender by = sender;
        pace.sent(System.nanoTime());
        inFlight.add(due);
        by.send(
                greetings.compose(due),
                failure -> soon(() -> {
                    if (failure == null) {
                        arrived(due, by);
                    } else if (by == sender) {
                        failed(due, failure);
                    }
                }));
    }

    /** A receipt counts even when the route that it came by is gone. */
    private void arrived(Due due, Sender by) {
        greetings.arrived(due);
        failures.remove(due);
        trouble = "";
        if (by == sender && inFlight.remove(due)) {
            pace.succeeded();
        }
        proceed();
    }

    private void failed(Due due, Exception failure) {
        inFlight.remove(due);
        pace.failed(System.nanoTime());
        say(due, failure);
        int times = failures.merge(due, 1, Integer::sum);
        long delay = Math.min(FIRST_DELAY_MILLIS << Math.min(times - 1, 10), LONGEST_DELAY_MILLIS);
        thread.schedule(
                () -> {
                    backlog.add(due);
                    proceed();
                },
                delay,
                TimeUnit.MILLISECONDS);
        proceed();
    }

    private void say(Due due, Exception failure) {
        String reason = String.valueOf(failure.getMessage());
        if (!reason.equals(trouble)) {
            trouble = reason;
            LOG.warn("{} could not be greeted, which is tried again: {}", due.user(), reason);
        }
    }

    private void soon(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("too late: nothing is left to be done with it", e);
        }
    }
}
