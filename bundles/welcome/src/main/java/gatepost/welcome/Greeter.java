package gatepost.welcome;

import gatepost.authentication.api.UserListener;
import gatepost.welcome.Due.Occasion;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who is to be greeted; a {@link Courier} sends the greetings.
 *
 * <p>All state belongs to one thread, on which every method is to be called.
 */
final class Greeter implements UserListener, Courier.Greetings {

    private static final Logger LOG = LoggerFactory.getLogger(Greeter.class);

    private final InstantSource clock;
    private final GreetedUsers users;
    private final Presence presence;
    private final Courier courier;
    private Map<String, Set<String>> listed = Map.of();
    /** Those who are due since they have signed in, and stand in no file; with their groups. */
    private final Map<String, Set<String>> unlisted = new HashMap<>();
    /** {@code null} before there are any. */
    private WelcomeSettings settings;

    private long lastAsked;

    Greeter(ScheduledExecutorService thread, InstantSource clock, GreetedUsers users) {
        this.clock = clock;
        this.users = users;
        this.presence = new Presence(users, clock);
        this.courier = new Courier(thread, this);
    }

    /**
     * Goes on under new settings.
     *
     * @param route what greetings are sent with; {@code null} while they are switched off
     */
    void change(WelcomeSettings changed, Sender route) {
        settings = changed;
        users.change(changed);
        courier.change(route, changed.rate(), changed.inFlight());
        // absences are watched while nobody is greeted, too, or everybody would seem to be back once that is over
        presence.watch(changed);
        if (route == null) {
            presence.giveUp();
        }
        lookThrough();
        notePresence();
    }

    @Override
    public void listed(Map<String, Set<String>> users) {
        listed = users;
        lookThrough();
    }

    @Override
    public void signedIn(String user, Set<String> groups) {
        presence.signedIn(user, groups);
        if (courier.isSending() && settings.greets(groups) && isFit(user)) {
            if (!isGreetedAgain(user)) {
                courier.addPresent(first(user, groups));
            }
            courier.proceed();
        }
        if (!isWaiting()) {
            presence.note(user);
        }
    }

    /** Until greetings can be sent nobody counts as seen: who comes back meanwhile is greeted once they can. */
    private boolean isWaiting() {
        return settings == null || settings.enabled() && !courier.isSending();
    }

    /** @return whether a user was greeted before; who was, and is back, is going to be greeted again */
    private boolean isGreetedAgain(String user) {
        try {
            if (!settings.watchesAbsence() || !users.isGreeted(user)) {
                return false;
            }
            if (presence.isBack(user)) {
                courier.addPresent(presence.greetAgain(user));
            }
            return true;
        } catch (IOException e) {
            LOG.debug("whether {} was greeted is asked again when it is their turn", user, e);
            return false;
        }
    }

    private Due first(String user, Set<String> groups) {
        if (!isListed(user)) {
            unlisted.put(user, groups);
        }
        return new Due(user, Occasion.FIRST, 0);
    }

    @Override
    public void signedOut(String user) {
        if (!isWaiting()) {
            presence.note(user);
        }
        presence.signedOut(user);
    }

    /** Greets somebody who may have been before; completes when the receipt has come, exceptionally when it has not. */
    CompletableFuture<Void> ask(String user) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (!courier.isSending()) {
            done.completeExceptionally(new IllegalStateException("the welcome is switched off, or waits for something:"
                    + " see enabled in etc/gatepost.welcome.cfg, and gatepost:status"));
        } else if (!isFit(user)) {
            done.completeExceptionally(new IllegalArgumentException("the name '" + user + "' cannot be a user's"));
        } else {
            lastAsked = Math.max(lastAsked + 1, clock.millis());
            courier.sendOnce(new Due(user, Occasion.ASKED, lastAsked), failure -> {
                if (failure == null) {
                    asked(user);
                    done.complete(null);
                } else {
                    done.completeExceptionally(failure);
                }
            });
        }
        return done;
    }

    /** Whom an operator has greeted need not be greeted for the first time. */
    private void asked(String user) {
        try {
            users.greeted(user);
        } catch (IOException e) {
            LOG.warn("{} may be greeted once more: {}", user, e.getMessage());
        }
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

    /** Notes that those who are signed in are so; to be called now and then. */
    void notePresence() {
        if (!isWaiting()) {
            presence.noteAll();
        }
    }

    @Override
    public boolean isDue(Due due) throws IOException {
        return switch (due.occasion()) {
            case FIRST -> isFirstDue(due.user());
            case RETURN -> presence.isToBeGreeted(due);
            case ASKED -> false;
        };
    }

    private boolean isFirstDue(String user) throws IOException {
        boolean wanted = isListed(user) || unlisted.containsKey(user) && settings.greets(unlisted.get(user));
        if (wanted && isFit(user) && !users.isGreeted(user)) {
            return true;
        }
        unlisted.remove(user);
        return false;
    }

    @Override
    public Greeting compose(Due due) {
        return settings.compose(due, clock.instant());
    }

    @Override
    public void arrived(Due due) {
        if (due.occasion() == Occasion.FIRST) {
            unlisted.remove(due.user());
        } else {
            presence.greetedAgain(due);
        }
    }

    private void lookThrough() {
        if (!courier.isSending()) {
            return;
        }
        for (String user : listed.keySet()) {
            if (isListed(user)) {
                courier.add(first(user, listed.get(user)));
            }
        }
        // who is in no file, or is back, and came while nobody was greeted
        presence.users().forEach((user, groups) -> {
            if (settings.greets(groups) && isFit(user) && !isGreetedAgain(user)) {
                courier.add(first(user, groups));
            }
        });
        courier.proceed();
    }

    private boolean isListed(String user) {
        return listed.containsKey(user) && settings.greets(listed.get(user)) && Addressee.isFit(user);
    }

    /** A name may be that of a user who cannot have an inbox where greetings go, such as one with dots. */
    private boolean isFit(String user) {
        return Addressee.isFit(user) && users.mayHaveInbox(user);
    }
}
