package gatepost.presence;

import gatepost.contracts.PresenceWatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.apache.activemq.command.Message;

/** All subscriptions. A change is made into a message once, however many there are. For one thread, but for what is counted. */
final class Watches implements Watch.Telling {

    private final People people;
    private final Function<String, Person> named;
    private final StateMessages messages;
    private final Executor thread;
    private final Map<PresenceWatcher, Watch> all = new HashMap<>();
    private final Set<Watch> wide = new LinkedHashSet<>();
    private final LongAdder later = new LongAdder();

    /**
     * @param named who is called so, kept from then on if they are watched
     * @param thread the one that this is for, after others had a turn
     */
    Watches(People people, Function<String, Person> named, StateMessages messages, Executor thread) {
        this.people = people;
        this.named = named;
        this.messages = messages;
        this.thread = thread;
    }

    /** @return how often somebody was told later, and maybe of several changes at once, since they had not read what was before; any thread */
    long later() {
        return later.sum();
    }

    void watch(PresenceWatcher watcher) {
        List<NamePattern> patterns = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (String name : watcher.names()) {
            if (NamePattern.isOne(name)) {
                patterns.add(new NamePattern(name));
            } else {
                names.add(name);
            }
        }
        // who is in both is told once
        names.removeIf(name -> patterns.stream().anyMatch(pattern -> pattern.matches(name)));
        Watch watch = new Watch(watcher, patterns, names.stream().map(named).toList());
        all.put(watcher, watch);
        watch.names().forEach(name -> watch.owe(name.person()));
        if (watch.isWide()) {
            wide.add(watch);
            for (Person person : people.all()) {
                if (person.isOnline() && watch.matches(person)) {
                    watch.owe(person);
                }
            }
        }
        watch.tellOwed(this, people);
    }

    void unwatch(PresenceWatcher watcher) {
        Watch watch = all.remove(watcher);
        if (watch != null) {
            wide.remove(watch);
            watch.close(this, people);
        }
    }

    void room(PresenceWatcher watcher) {
        Watch watch = all.get(watcher);
        if (watch != null) {
            watch.tellOwed(this, people);
        }
    }

    /** All who watch somebody are told what is so of them. */
    void changed(Person person) {
        Message message = null;
        for (Watch.Name name = person.watches(); name != null; name = name.next()) {
            message = message == null ? messages.of(person.state()) : message;
            tell(name.watch(), person, message);
        }
        for (Watch watch : wide) {
            if (watch.matches(person)) {
                message = message == null ? messages.of(person.state()) : message;
                tell(watch, person, message);
            }
        }
    }

    private void tell(Watch watch, Person person, Message message) {
        if (!watch.tell(person, message)) {
            later.increment();
            watch.tellOwed(this, people);
        }
    }

    @Override
    public Message message(Person person) {
        return messages.of(person.state());
    }

    @Override
    public void told(Person person) {
        people.release(person);
    }

    @Override
    public void later(Watch watch) {
        thread.execute(() -> {
            watch.turn();
            watch.tellOwed(this, people);
        });
    }
}
