package gatepost.welcome;

import gatepost.welcome.Due.Occasion;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is signed in, and who is back after an absence. When a user was last seen is noted only while absences matter, and not before a
 * returning user's greeting has arrived, so that a crash in between does not lose it. For one thread.
 */
final class Presence {

    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

    private final GreetedUsers users;
    private final InstantSource clock;
    private final Map<String, Present> sessions = new HashMap<>();
    private final Map<String, Due> returning = new HashMap<>();
    /** {@code null} before there are any. */
    private WelcomeSettings settings;

    /**
     * A user who is signed in.
     *
     * @param groups as the last session has them
     */
    private record Present(int sessions, Set<String> groups) {}

    Presence(GreetedUsers users, InstantSource clock) {
        this.users = users;
        this.clock = clock;
    }

    void watch(WelcomeSettings changed) {
        boolean watched = settings != null && settings.watchesAbsence();
        settings = changed;
        if (!changed.watchesAbsence()) {
            giveUp();
        } else if (!watched) {
            noteAll();
        }
    }

    /** Whoever was to be greeted for being back is not. */
    void giveUp() {
        returning.clear();
    }

    void signedIn(String user, Set<String> groups) {
        int before = sessions.containsKey(user) ? sessions.get(user).sessions() : 0;
        sessions.put(user, new Present(before + 1, groups));
    }

    void signedOut(String user) {
        note(user);
        sessions.computeIfPresent(
                user,
                (name, there) -> there.sessions() == 1 ? null : new Present(there.sessions() - 1, there.groups()));
    }

    /** @return the groups of those who are signed in, by their names */
    Map<String, Set<String>> users() {
        Map<String, Set<String>> there = new HashMap<>();
        sessions.forEach((user, one) -> there.put(user, one.groups()));
        return there;
    }

    /** Whether a user who has just signed in was away for long enough. */
    boolean isBack(String user) throws IOException {
        if (!settings.watchesAbsence() || sessions.get(user).sessions() != 1 || returning.containsKey(user)) {
            return false;
        }
        long seen = users.lastSeen(user);
        return seen > 0 && clock.millis() - seen >= settings.returnAfter().toMillis();
    }

    Due greetAgain(String user) throws IOException {
        Due due = new Due(user, Occasion.RETURN, users.lastSeen(user));
        returning.put(user, due);
        return due;
    }

    boolean isToBeGreeted(Due due) {
        return due.equals(returning.get(due.user()));
    }

    void greetedAgain(Due due) {
        returning.remove(due.user(), due);
        note(due.user());
    }

    /** Notes that a user is there, if they are, and are one of those whose absence matters. */
    void note(String user) {
        Present there = sessions.get(user);
        boolean matters = there != null
                && settings != null
                && settings.watchesAbsence()
                && settings.greets(there.groups())
                && !returning.containsKey(user)
                && users.mayHaveInbox(user);
        if (!matters) {
            return;
        }
        try {
            users.seen(user, clock.millis());
        } catch (IOException e) {
            LOG.debug("it is not noted that {} is there: it will be later", user, e);
        }
    }

    void noteAll() {
        sessions.keySet().forEach(this::note);
    }
}
