package gatepost.presence;

import gatepost.contracts.Durability;
import gatepost.contracts.events.EventReport;
import gatepost.contracts.events.PresenceRecords;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/** A roster, its subscriptions and its disk, with a time of its own: what is to run later runs as it passes. */
final class World implements Roster.News, PresenceRecords {

    static final long START = 1_000_000;
    static final long GRACE = 15;

    private record Timed(long at, Runnable task) {}

    /** What changed, such as {@code +alice} and {@code -alice}. */
    final List<String> news = new ArrayList<>();

    final People people = new People();
    final Roster roster;
    final Watches watches;
    final StateMessages messages;
    private final Map<String, Long> online;
    private final Map<String, Long> seen;
    private final List<Durability> unwritten = new ArrayList<>();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Timed> timed = new PriorityQueue<>((a, b) -> Long.compare(a.at(), b.at()));
    private boolean stuck;
    private long nanos;
    private long setForward;

    World() {
        this(new HashMap<>(), new HashMap<>());
    }

    private World(Map<String, Long> online, Map<String, Long> seen) {
        this.online = online;
        this.seen = seen;
        SeenRecords records = new SeenRecords(() -> this, () -> null, tasks::add);
        roster = new Roster(
                people,
                records,
                this,
                (task, wait) -> timed.add(new Timed(nanos + wait, task)),
                () -> Instant.ofEpochMilli(now()),
                () -> nanos);
        messages = new StateMessages(() -> Instant.ofEpochMilli(now()));
        watches = new Watches(people, roster::watched, messages, tasks::add);
        roster.grace(TimeUnit.SECONDS.toNanos(GRACE));
    }

    /** @return the same after it was killed and started again, so many seconds later */
    World killed(long seconds) {
        World next = new World(new HashMap<>(online), new HashMap<>(seen));
        next.nanos = nanos + TimeUnit.SECONDS.toNanos(seconds);
        next.roster.recovered(online);
        return next;
    }

    /** Somebody sets the clock. */
    void setClock(long forward) {
        setForward = forward;
    }

    /** The disk takes nothing for now, or all that waits. */
    void stuck(boolean now) {
        stuck = now;
        if (!stuck) {
            unwritten.forEach(Durability::safe);
            unwritten.clear();
        }
        run();
    }

    /** It was never noted that somebody is on line. */
    void forget(String user) {
        online.remove(user);
    }

    long now() {
        return START + TimeUnit.NANOSECONDS.toMillis(nanos) + setForward;
    }

    World in(String user) {
        roster.signedIn(user);
        run();
        return this;
    }

    World out(String user) {
        roster.signedOut(user);
        run();
        return this;
    }

    FakeWatcher watch(FakeWatcher watcher) {
        watches.watch(watcher);
        run();
        return watcher;
    }

    void run() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    void pass(long millis) {
        long end = nanos + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!timed.isEmpty() && timed.peek().at() <= end) {
            Timed next = timed.poll();
            nanos = Math.max(nanos, next.at());
            next.task().run();
            run();
        }
        nanos = end;
    }

    List<String> news() {
        List<String> told = List.copyOf(news);
        news.clear();
        return told;
    }

    @Override
    public void online(Person person) {
        news.add("+" + person.name());
        watches.changed(person);
    }

    @Override
    public void offline(Person person) {
        news.add("-" + person.name());
        watches.changed(person);
    }

    @Override
    public void recovered(Person person) {
        watches.changed(person);
    }

    @Override
    public Map<String, Long> online() {
        return online;
    }

    @Override
    public Durability online(String user, long since, EventReport report) throws IOException {
        Durability noted = new Durability();
        noted.whenSettled(() -> {
            if (noted.isSafe()) {
                online.put(user, since);
            }
        });
        if (stuck) {
            unwritten.add(noted);
        } else {
            noted.safe();
        }
        return noted;
    }

    @Override
    public void offline(String user, long when, EventReport report) {
        if (online.remove(user) != null) {
            seen.put(user, when);
        }
    }

    @Override
    public OptionalLong lastSeen(String user) {
        Long when = seen.get(user);
        return when == null ? OptionalLong.empty() : OptionalLong.of(when);
    }
}
