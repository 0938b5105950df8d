package gatepost.welcome;

import gatepost.authentication.api.UserListener;
import gatepost.welcome.Due.Occasion;
import gatepost.welcome.journal.Journal;
import gatepost.welcome.journal.Known;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who is to be greeted, and sees to it that each greeting gets there: it is sent again until its receipt has come, and
 * then written down. Only when that is on the disk does the next one take its place among those in flight, so a crash makes no
 * more greetings come twice than are in flight at a time.
 *
 * <p>All state belongs to one thread, on which every method is to be called.
 */
final class Greeter implements UserListener {

    private static final Logger LOG = LoggerFactory.getLogger(Greeter.class);
    private static final long FIRST_DELAY_MILLIS = 1000;
    private static final long LONGEST_DELAY_MILLIS = 60_000;
    private static final long JOURNAL_DELAY_MILLIS = 1000;

    private final ScheduledExecutorService thread;
    private final InstantSource clock;
    private final Journal journal;
    private final Presence presence;
    private final Backlog backlog = new Backlog();
    private final Set<Due> inFlight = new HashSet<>();
    private final Map<Due, Integer> failures = new HashMap<>();
    private final List<Due> confirmed = new ArrayList<>();
    private Map<String, Set<String>> listed = Map.of();
    private WelcomeSettings settings;
    private Sender sender;
    private Pace pace = new Pace(System.nanoTime());
    private boolean waiting;
    private boolean syncing;
    private String trouble = "";
    private long lastAsked;

    Greeter(ScheduledExecutorService thread, InstantSource clock, Journal journal) {
        this.thread = thread;
        this.clock = clock;
        this.journal = journal;
        this.presence = new Presence(journal, clock);
    }

    /**
     * Goes on under new settings.
     *
     * @param route what greetings are sent with; {@code null} while they are switched off
     */
    void change(WelcomeSettings changed, Sender route) {
        settings = changed;
        if (route != sender) {
            // what is in flight is given up with the old route, and due again
            sender = route;
            inFlight.clear();
            pace = new Pace(System.nanoTime());
        }
        failures.clear();
        pace.change(changed.rate(), changed.inFlight(), System.nanoTime());
        // absences are watched while nobody is greeted, too, or everybody would seem to be back once that is over
        presence.watch(changed.watchesAbsence() ? changed.returnAfter() : null);
        if (route == null) {
            presence.giveUp();
        }
        changed();
        journal.owed().forEach(user -> backlog.add(new Due(user, Occasion.FIRST, 0)));
        lookThrough();
    }

    @Override
    public void listed(Map<String, Set<String>> users) {
        listed = users;
        lookThrough();
    }

    @Override
    public void signedIn(String user, Set<String> groups) {
        presence.signedIn(user);
        if (sender != null && settings.greets(groups) && Addressee.isFit(user)) {
            if (!journal.known(user).isGreeted()) {
                first(user);
            } else if (presence.isBack(user)) {
                backlog.addPresent(presence.greetAgain(user));
            }
        }
        presence.note(user);
        changed();
        proceed();
    }

    @Override
    public void signedOut(String user) {
        presence.signedOut(user);
        changed();
    }

    /** Greets somebody who may have been before; completes when the receipt has come, exceptionally when it has not. */
    CompletableFuture<Void> ask(String user) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (sender == null) {
            done.completeExceptionally(new IllegalStateException(
                    "the welcome is switched off: enabled in etc/gatepost.welcome.cfg is false"));
        } else if (!Addressee.isFit(user)) {
            done.completeExceptionally(new IllegalArgumentException("the name '" + user + "' cannot be a user's"));
        } else {
            lastAsked = Math.max(lastAsked + 1, clock.millis());
            Due due = new Due(user, Occasion.ASKED, lastAsked);
            sender.send(
                    settings.compose(due, clock.instant(), journal.installation()),
                    failure -> soon(() -> {
                        if (failure == null) {
                            journal.greeted(user, clock.millis());
                            changed();
                            done.complete(null);
                        } else {
                            done.completeExceptionally(failure);
                        }
                    }));
        }
        return done;
    }

    /** Sends nothing more; receipts of what is on its way still count. */
    void stop() {
        notePresence();
        sender = null;
    }

    /** @return the names in the users file */
    Set<String> names() {
        return listed.keySet();
    }

    /** Writes down that those who are signed in are so; to be called now and then. */
    void notePresence() {
        presence.noteAll();
        changed();
    }

    private void first(String user) {
        if (!isListed(user) && !journal.known(user).isOwed()) {
            // else nobody would know after a crash: such a user stands in no file
            journal.owe(user, clock.millis());
        }
        backlog.addPresent(new Due(user, Occasion.FIRST, 0));
    }

    private void lookThrough() {
        if (sender == null) {
            return;
        }
        for (String user : listed.keySet()) {
            if (isListed(user) && !journal.known(user).isGreeted()) {
                backlog.add(new Due(user, Occasion.FIRST, 0));
            }
        }
        proceed();
    }

    private boolean isListed(String user) {
        return listed.containsKey(user) && settings.greets(listed.get(user)) && Addressee.isFit(user);
    }

    private boolean isWanted(Due due) {
        Known known = journal.known(due.user());
        return !inFlight.contains(due)
                && switch (due.occasion()) {
                    case FIRST -> !known.isGreeted() && (known.isOwed() || isListed(due.user()));
                    case RETURN -> presence.isToBeGreeted(due);
                    case ASKED -> false;
                };
    }

    /** Sends as much as may be sent now. */
    private void proceed() {
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
            Due due = backlog.next(this::isWanted);
            if (due == null) {
                return;
            }
            send(due);
        }
    }

    private void send(Due due) {
        Sender by = sender;
        pace.sent(System.nanoTime());
        inFlight.add(due);
        by.send(
                settings.compose(due, clock.instant(), journal.installation()),
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
        if (due.occasion() == Occasion.FIRST) {
            journal.greeted(due.user(), clock.millis());
        } else {
            presence.greetedAgain(due);
        }
        failures.remove(due);
        if (by == sender) {
            confirmed.add(due);
        }
        changed();
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

    /** What was added to the journal meanwhile, by several receipts, gets onto the disk together. */
    private void changed() {
        if (journal.isDirty() && !syncing) {
            syncing = true;
            thread.execute(this::sync);
        }
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
