package gatepost.welcome;

import gatepost.authentication.api.UserListener;
import gatepost.welcome.Due.Occasion;
import gatepost.welcome.journal.Journal;
import gatepost.welcome.journal.Known;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Decides who is to be greeted; a {@link Courier} sends the greetings.
 *
 * <p>All state belongs to one thread, on which every method is to be called.
 */
final class Greeter implements UserListener, Courier.Greetings {

    private final InstantSource clock;
    private final Journal journal;
    private final Presence presence;
    private final Courier courier;
    private Map<String, Set<String>> listed = Map.of();
    private WelcomeSettings settings;
    private long lastAsked;

    Greeter(ScheduledExecutorService thread, InstantSource clock, Journal journal) {
        this.clock = clock;
        this.journal = journal;
        this.presence = new Presence(journal, clock);
        this.courier = new Courier(thread, journal, this);
    }

    /**
     * Goes on under new settings.
     *
     * @param route what greetings are sent with; {@code null} while they are switched off
     */
    void change(WelcomeSettings changed, Sender route) {
        settings = changed;
        courier.change(route, changed.rate(), changed.inFlight());
        // absences are watched while nobody is greeted, too, or everybody would seem to be back once that is over
        presence.watch(changed.watchesAbsence() ? changed.returnAfter() : null);
        if (route == null) {
            presence.giveUp();
        }
        courier.writeDown();
        journal.owed().forEach(user -> courier.add(new Due(user, Occasion.FIRST, 0)));
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
        if (courier.isSending() && settings.greets(groups) && Addressee.isFit(user)) {
            if (!journal.known(user).isGreeted()) {
                first(user);
            } else if (presence.isBack(user)) {
                courier.addPresent(presence.greetAgain(user));
            }
        }
        presence.note(user);
        courier.writeDown();
        courier.proceed();
    }

    @Override
    public void signedOut(String user) {
        presence.signedOut(user);
        courier.writeDown();
    }

    /** Greets somebody who may have been before; completes when the receipt has come, exceptionally when it has not. */
    CompletableFuture<Void> ask(String user) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (!courier.isSending()) {
            done.completeExceptionally(new IllegalStateException(
                    "the welcome is switched off: enabled in etc/gatepost.welcome.cfg is false"));
        } else if (!Addressee.isFit(user)) {
            done.completeExceptionally(new IllegalArgumentException("the name '" + user + "' cannot be a user's"));
        } else {
            lastAsked = Math.max(lastAsked + 1, clock.millis());
            courier.sendOnce(new Due(user, Occasion.ASKED, lastAsked), failure -> {
                if (failure == null) {
                    journal.greeted(user, clock.millis());
                    courier.writeDown();
                    done.complete(null);
                } else {
                    done.completeExceptionally(failure);
                }
            });
        }
        return done;
    }

    /** Sends nothing more; receipts of what is on its way still count. */
    void stop() {
        notePresence();
        courier.stop();
    }

    /** @return the names in the users file */
    Set<String> names() {
        return listed.keySet();
    }

    /** Writes down that those who are signed in are so; to be called now and then. */
    void notePresence() {
        presence.noteAll();
        courier.writeDown();
    }

    @Override
    public boolean isDue(Due due) {
        Known known = journal.known(due.user());
        return switch (due.occasion()) {
            case FIRST -> !known.isGreeted() && (known.isOwed() || isListed(due.user()));
            case RETURN -> presence.isToBeGreeted(due);
            case ASKED -> false;
        };
    }

    @Override
    public Greeting compose(Due due) {
        return settings.compose(due, clock.instant(), journal.installation());
    }

    @Override
    public void arrived(Due due) {
        if (due.occasion() == Occasion.FIRST) {
            journal.greeted(due.user(), clock.millis());
        } else {
            presence.greetedAgain(due);
        }
    }

    private void first(String user) {
        if (!isListed(user) && !journal.known(user).isOwed()) {
            // else nobody would know after a crash: such a user stands in no file
            journal.owe(user, clock.millis());
        }
        courier.addPresent(new Due(user, Occasion.FIRST, 0));
    }

    private void lookThrough() {
        if (!courier.isSending()) {
            return;
        }
        for (String user : listed.keySet()) {
            if (isListed(user) && !journal.known(user).isGreeted()) {
                courier.add(new Due(user, Occasion.FIRST, 0));
            }
        }
        courier.proceed();
    }

    private boolean isListed(String user) {
        return listed.containsKey(user) && settings.greets(listed.get(user)) && Addressee.isFit(user);
    }
}
