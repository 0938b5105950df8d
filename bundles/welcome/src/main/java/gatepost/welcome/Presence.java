package gatepost.welcome;

import gatepost.welcome.Due.Occasion;
import gatepost.welcome.journal.Journal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Who is signed in, and who is back after an absence. When a user was last seen is written down only while absences matter, and
 * not before a returning user's greeting has arrived, so that a crash in between does not lose it. For one thread.
 */
final class Presence {

    private final Journal journal;
    private final InstantSource clock;
    private final Map<String, Integer> sessions = new HashMap<>();
    private final Map<String, Due> returning = new HashMap<>();
    private Duration absence;

    Presence(Journal journal, InstantSource clock) {
        this.journal = journal;
        this.clock = clock;
    }

    /** @param changed the absence that matters; {@code null} when none does */
    void watch(Duration changed) {
        if (changed == null) {
            giveUp();
        } else if (absence == null) {
            absence = changed;
            noteAll();
        }
        absence = changed;
    }

    /** Whoever was to be greeted for being back is not. */
    void giveUp() {
        returning.clear();
    }

    void signedIn(String user) {
        sessions.merge(user, 1, Integer::sum);
    }

    void signedOut(String user) {
        if (sessions.containsKey(user)) {
            note(user);
        }
        sessions.computeIfPresent(user, (name, count) -> count == 1 ? null : count - 1);
    }

    /** Whether a user who has just signed in was away for long enough. */
    boolean isBack(String user) {
        long seen = journal.known(user).seen();
        return absence != null
                && seen > 0
                && sessions.getOrDefault(user, 0) == 1
                && !returning.containsKey(user)
                && clock.millis() - seen >= absence.toMillis();
    }

    Due greetAgain(String user) {
        Due due = new Due(user, Occasion.RETURN, journal.known(user).seen());
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

    /** Writes down that a user is there. */
    void note(String user) {
        if (absence != null && !returning.containsKey(user)) {
            journal.seen(user, clock.millis());
        }
    }

    void noteAll() {
        sessions.keySet().forEach(this::note);
    }
}
