package gatepost.welcome;

import gatepost.welcome.Due.Occasion;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
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

    private static final Present NOBODY = new Present(0, Set.of(), false);

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
     * @param noted whether that was noted since they came
     */
    private record Present(int sessions, Set<String> groups, boolean noted) {

        Present more(Set<String> groupsNow) {
            return new Present(sessions + 1, groupsNow, noted);
        }

        Present less() {
            return sessions == 1 ? null : new Present(sessions - 1, groups, noted);
        }
    }

    Presence(GreetedUsers users, InstantSource clock) {
        this.users = users;
        this.clock = clock;
    }

    void watch(WelcomeSettings changed) {
        boolean begins = settings != null && !settings.watchesAbsence();
        settings = changed;
        if (!changed.watchesAbsence()) {
            giveUp();
        } else if (begins) {
            // who has been here all the time is not back
            noteAll();
        }
    }

    /** Whoever was to be greeted for being back is not. */
    void giveUp() {
        returning.clear();
    }

    void signedIn(String user, Set<String> groups) {
        sessions.put(user, sessions.getOrDefault(user, NOBODY).more(groups));
    }

    void signedOut(String user) {
        sessions.computeIfPresent(user, (name, there) -> there.less());
    }

    /** @return the groups of those who are signed in, by their names */
    Map<String, Set<String>> users() {
        Map<String, Set<String>> there = new HashMap<>();
        sessions.forEach((user, one) -> there.put(user, one.groups()));
        return there;
    }

    /** Whether a user who is there was away for long enough before, and has not been noted as there since. */
    boolean isBack(String user) throws IOException {
        if (!settings.watchesAbsence() || sessions.get(user).noted() || returning.containsKey(user)) {
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
            sessions.put(user, new Present(there.sessions(), there.groups(), true));
        } catch (IOException e) {
            LOG.debug("it is not noted that {} is there: it will be later", user, e);
        }
    }

    void noteAll() {
        List.copyOf(sessions.keySet()).forEach(this::note);
    }
}
