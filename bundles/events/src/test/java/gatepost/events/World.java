package gatepost.events;

import gatepost.contracts.events.EventReport;
import gatepost.contracts.events.EventType;
import gatepost.contracts.events.UserEvent;
import gatepost.events.feed.Clocks;
import gatepost.events.feed.Feed;
import gatepost.events.feed.Limits;
import gatepost.events.feed.Worker;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/** Events with a time and a disk of their own: what is to run later runs as time passes, all on the test's thread. */
public final class World {

    public static final long START = 1_700_000_000_000L;

    private record Timed(long at, long number, Runnable task) {}

    public final FakeRecords records;
    public final Clocks clocks = new Clocks(() -> Instant.ofEpochMilli(millis()), () -> nanos());
    public final Feed feed;
    public Limits limits = new Limits(Duration.ofDays(3), 100_000);
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Timed> timed = new PriorityQueue<>(
            (a, b) -> a.at() == b.at() ? Long.compare(a.number(), b.number()) : Long.compare(a.at(), b.at()));
    private long nanos;
    private long setForward;
    private long number;
    private boolean dead;

    public World() {
        this(new FakeRecords(), 0);
    }

    private World(FakeRecords records, long nanos) {
        this.records = records;
        this.nanos = nanos;
        records.clock = this::millis;
        feed = new Feed(this::records, name -> worker(), clocks, () -> limits, () -> 0.5);
    }

    /** @return the same after it was killed and started again: what was not on the disk is gone */
    public World killed(Duration later) {
        dead = true;
        tasks.clear();
        timed.clear();
        World next = new World(records.afterCrash(), nanos + later.toNanos());
        next.setForward = setForward;
        next.limits = limits;
        return next;
    }

    public FakeRecords records() throws IOException {
        if (records.away) {
            throw new IOException("the broker is not there");
        }
        return records;
    }

    public Worker worker() {
        return new Worker() {

            private boolean closed;

            @Override
            public void run(Runnable task) {
                if (!closed && !dead) {
                    tasks.add(task);
                }
            }

            @Override
            public void later(long wait, Runnable task) {
                if (!closed && !dead) {
                    timed.add(new Timed(nanos + wait, number++, () -> {
                        if (!closed) {
                            task.run();
                        }
                    }));
                }
            }

            @Override
            public void close() {
                closed = true;
            }
        };
    }

    public long millis() {
        return START + TimeUnit.NANOSECONDS.toMillis(nanos) + setForward;
    }

    public long nanos() {
        return nanos;
    }

    /** Somebody sets the clock. */
    public void setClock(Duration forward) {
        setForward += forward.toMillis();
    }

    public World run() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        return this;
    }

    public World pass(Duration time) {
        run();
        long end = nanos + time.toNanos();
        while (!timed.isEmpty() && timed.peek().at() <= end) {
            Timed next = timed.poll();
            nanos = Math.max(nanos, next.at());
            next.task().run();
            run();
        }
        nanos = end;
        return this;
    }

    public World seconds(long seconds) {
        return pass(Duration.ofSeconds(seconds));
    }

    /** Something happens, and is on the disk, or will be when the disk takes something again. */
    public EventReport happens(EventType type, String user, String key) {
        EventReport report = feed.about(new UserEvent(type, user, key, millis(), Map.of("key", key)));
        if (!report.notes().isEmpty()) {
            report.written("user." + user, records.write(user, report.notes()));
        }
        run();
        return report;
    }
}
