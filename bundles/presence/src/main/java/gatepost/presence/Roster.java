package gatepost.presence;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Who is on line: from when a first session was noted on the disk, and until the grace has passed since the last one ended. It owns all of
 * that, and tells each change once. For one thread.
 */
final class Roster {

    /** Runs something on the roster's thread, so many nanoseconds later. */
    @FunctionalInterface
    interface Timer {

        void later(Runnable task, long nanos);
    }

    /** Hears of each change. */
    interface News {

        void online(Person person);

        void offline(Person person);

        /** Somebody is on line who was before, so that this is no change. */
        void recovered(Person person);
    }

    private static final int MANY = 1_000;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

    private final People people;
    private final SeenRecords records;
    private final News news;
    private final Timer timer;
    private final InstantSource clock;
    private final LongSupplier nanos;
    /** Who has no session any more, and since when by {@link #nanos}; who left first comes first. */
    private Map<Person, Long> leaving = new LinkedHashMap<>();

    private long grace;
    private boolean sweeping;
    private volatile int online;

    /**
     * @param clock for what is said
     * @param nanos as {@link System#nanoTime} has them, for the grace: nobody goes since somebody sets a clock
     */
    Roster(People people, SeenRecords records, News news, Timer timer, InstantSource clock, LongSupplier nanos) {
        this.people = people;
        this.records = records;
        this.news = news;
        this.timer = timer;
        this.clock = clock;
        this.nanos = nanos;
    }

    /** @return how many are on line; any thread */
    int online() {
        return online;
    }

    /** @param changed nanoseconds; holds for those, too, who have left already */
    void grace(long changed) {
        grace = changed;
        sweep();
    }

    /**
     * Whoever was on line when Gatepost stopped still is, until the grace has passed from now on. Who came before that was known, when
     * nothing could be noted, is noted.
     */
    void recovered(Map<String, Long> since) {
        for (Person person : people.all()) {
            if (person.isOnline() && !since.containsKey(person.name())) {
                records.online(person.name(), person.state().since().orElse(0), () -> {});
            }
        }
        since.forEach((name, when) -> {
            Person person = person(name);
            if (!person.isOnline() && !person.isArriving()) {
                online(person, when);
                leaves(person);
                // who watches was told otherwise, if there is anybody already
                news.recovered(person);
            }
        });
    }

    void signedIn(String user) {
        Person person = person(user);
        person.sessions(person.sessions() + 1);
        leaving.remove(person);
        if (!person.isOnline() && !person.isArriving()) {
            long since = clock.millis();
            person.arrives();
            records.online(user, since, () -> {
                online(person, since);
                news.online(person);
            });
        }
    }

    void signedOut(String user) {
        Person person = people.find(user);
        if (person == null || person.sessions() == 0) {
            return;
        }
        person.sessions(person.sessions() - 1);
        if (person.sessions() == 0) {
            leaves(person);
        }
    }

    /** Nobody has a session any more, and nobody says so of each. */
    void allSignedOut() {
        for (Person person : people.all()) {
            if (person.sessions() > 0) {
                person.sessions(0);
                leaves(person);
            }
        }
    }

    private void leaves(Person person) {
        person.lastSessionEnded(clock.millis());
        leaving.put(person, nanos.getAsLong());
        awaitNext();
    }

    private void online(Person person, long since) {
        person.onlineSince(since);
        online++;
    }

    /** Who left, and did not come back within the grace, is off line. */
    private void sweep() {
        List<Person> gone = new ArrayList<>();
        for (Iterator<Map.Entry<Person, Long>> i = leaving.entrySet().iterator(); i.hasNext(); ) {
            Map.Entry<Person, Long> one = i.next();
            if (nanos.getAsLong() - one.getValue() < grace) {
                break;
            }
            // nobody goes before they were said to have come: that is on its way to the disk
            if (!one.getKey().isArriving()) {
                i.remove();
                gone.add(one.getKey());
            }
        }
        gone.forEach(this::offline);
        if (leaving.isEmpty() && gone.size() > MANY) {
            // a map stays as large as it ever was
            leaving = new LinkedHashMap<>();
        }
        awaitNext();
    }

    private void offline(Person person) {
        person.offlineSince(person.lastSessionEnded());
        online--;
        news.offline(person);
        records.offline(person.name(), person.lastSessionEnded());
        people.release(person);
    }

    private void awaitNext() {
        if (leaving.isEmpty() || sweeping) {
            return;
        }
        sweeping = true;
        long left = leaving.values().iterator().next() + grace - nanos.getAsLong();
        timer.later(
                () -> {
                    sweeping = false;
                    sweep();
                },
                Math.max(PAUSE, left));
    }

    private Person person(String name) {
        Person known = people.find(name);
        return known == null ? people.make(name) : known;
    }

    /** @return somebody whom a subscription names, on line or not */
    Person watched(String name) {
        Person known = people.find(name);
        if (known != null) {
            return known;
        }
        Person person = people.make(name);
        person.offlineSince(records.lastSeen(name).orElse(0));
        return person;
    }
}
