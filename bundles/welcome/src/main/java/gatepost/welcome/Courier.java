package gatepost.welcome;

import gatepost.welcome.journal.Journal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that greetings get there: each is sent again until its receipt has come, and then written down. Only when that is on
 * the disk does the next one take its place among those in flight, so a crash makes no more greetings come twice than are in
 * flight at a time.
 *
 * <p>All state belongs to one thread, on which every method is to be called.
 */
final class Courier {

    /** Knows the greetings that are carried; called on the courier's thread. */
    interface Greetings {

        /** @return whether it is still to be sent */
        boolean isDue(Due due);

        Greeting compose(Due due);

        /** Its receipt has come: notes that in the journal. */
        void arrived(Due due);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    private static final long FIRST_DELAY_MILLIS = 1000;
    private static final long LONGEST_DELAY_MILLIS = 60_000;
    private static final long JOURNAL_DELAY_MILLIS = 1000;

    private final ScheduledExecutorService thread;
    private final Journal journal;
    private final Greetings greetings;
    private final Backlog backlog = new Backlog();
    private final Set<Due> inFlight = new HashSet<>();
    private final Map<Due, Integer> failures = new HashMap<>();
    private final List<Due> confirmed = new ArrayList<>();
    private Sender sender;
    private Pace pace = new Pace(System.nanoTime());
    private boolean waiting;
    private boolean syncing;
    private String trouble = "";

    Courier(ScheduledExecutorService thread, Journal journal, Greetings greetings) {
        this.thread = thread;
        this.journal = journal;
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
        while (sender != null && !waiting) {
            long wait = pace.waitAt(System.nanoTime());
            if (wait == Pace.UNTIL_BACK) {
                return;
            }
            if (wait > 0) {
                waiting = true;
                thread.schedule(
                        () -> {
                            waiting = false;
                            proceed();
                        },
                        wait,
                        TimeUnit.NANOSECONDS);
                return;
            }
            Due due = backlog.next(next -> !inFlight.contains(next) && greetings.isDue(next));
            if (due == null) {
                return;
            }
            send(due);
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

    /** What was added to the journal meanwhile, by several receipts, gets onto the disk together. */
    void writeDown() {
        if (journal.isDirty() && !syncing) {
            syncing = true;
            thread.execute(this::sync);
        }
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
        if (by == sender) {
            confirmed.add(due);
        }
        writeDown();
    }

    private void failed(Due due, Exception failure) {
        inFlight.remove(due);
        pace.failed(System.nanoTime());
        String reason = String.valueOf(failure.getMessage());
        if (!reason.equals(trouble)) {
            trouble = reason;
            LOG.warn("{} could not be greeted, which is tried again: {}", due.user(), reason);
        }
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

    private void soon(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("too late: the greeting will go out again, with the same message id", e);
        }
    }

    private void sync() {
        try {
            journal.sync();
        } catch (IOException e) {
            LOG.error("who was greeted cannot be written down: nobody else is greeted until it can", e);
            thread.schedule(this::sync, JOURNAL_DELAY_MILLIS, TimeUnit.MILLISECONDS);
            return;
        }
        syncing = false;
        for (Due due : confirmed) {
            trouble = "";
            if (inFlight.remove(due)) {
                pace.succeeded();
            }
        }
        confirmed.clear();
        proceed();
    }
}
