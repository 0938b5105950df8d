package gatepost.presence;

import gatepost.contracts.PresenceWatcher;
import java.util.List;
import org.apache.activemq.command.Message;

/**
 * One subscription, and whom it has not been told of. It is told the present state of each of them when it has room, so that it costs the
 * same however slowly it reads, and what it is told last is what is so. For one thread.
 */
final class Watch {

    /** So many messages are handed over before others get a turn. */
    private static final int TURN = 64;

    private final PresenceWatcher watcher;
    private final List<NamePattern> patterns;
    private final List<Name> names;
    private final Owed owed;
    private boolean scheduled;

    /** That a subscription watches somebody by name, in the list of all that do. */
    static final class Name {

        private final Watch watch;
        private final Person person;
        private Name before;
        private Name after;

        Name(Watch watch, Person person) {
            this.watch = watch;
            this.person = person;
            after = person.watches();
            if (after != null) {
                after.before = this;
            }
            person.watches(this);
        }

        Watch watch() {
            return watch;
        }

        Person person() {
            return person;
        }

        Name next() {
            return after;
        }

        /** @return whom it is about */
        Person remove() {
            if (before == null) {
                person.watches(after);
            } else {
                before.after = after;
            }
            if (after != null) {
                after.before = before;
            }
            return person;
        }
    }

    /** What there is to be said. */
    interface Telling {

        /** @return the message that says what is so of somebody now */
        Message message(Person person);

        /** A subscription need not be told of somebody any more. */
        void told(Person person);

        /** Goes on with a subscription once others have had a turn. */
        void later(Watch watch);
    }

    Watch(PresenceWatcher watcher, List<NamePattern> patterns, List<Person> people) {
        this.watcher = watcher;
        this.patterns = patterns;
        this.names = people.stream().map(person -> new Name(this, person)).toList();
        this.owed = patterns.isEmpty() ? new Owed.OfFew() : new Owed.OfMany();
    }

    boolean isWide() {
        return !patterns.isEmpty();
    }

    List<Name> names() {
        return names;
    }

    boolean matches(Person person) {
        for (NamePattern pattern : patterns) {
            if (pattern.matches(person.name())) {
                return true;
            }
        }
        return false;
    }

    /** It has to be told of somebody, now or later. */
    void owe(Person person) {
        if (owed.add(person)) {
            person.owes(1);
        }
    }

    /**
     * Something has changed.
     *
     * @param message says what, to all
     * @return whether it was told; when not, it is told what is so then
     */
    boolean tell(Person person, Message message) {
        if (owed.isEmpty() && watcher.hasRoom()) {
            watcher.deliver(message);
            return true;
        }
        owe(person);
        return false;
    }

    /** Tells what it has not been told, as far as there is room. */
    void tellOwed(Telling telling, People people) {
        for (int i = 0; !owed.isEmpty() && (watcher.hasRoom() || watcher.awaitRoom()); i++) {
            if (i == TURN) {
                if (!scheduled) {
                    scheduled = true;
                    telling.later(this);
                }
                return;
            }
            Person person = owed.poll(people);
            person.owes(-1);
            watcher.deliver(telling.message(person));
            telling.told(person);
        }
    }

    /** Its turn has come. */
    void turn() {
        scheduled = false;
    }

    /** It is gone. */
    void close(Telling telling, People people) {
        while (!owed.isEmpty()) {
            Person person = owed.poll(people);
            person.owes(-1);
            telling.told(person);
        }
        for (Name name : names) {
            telling.told(name.remove());
        }
    }
}
