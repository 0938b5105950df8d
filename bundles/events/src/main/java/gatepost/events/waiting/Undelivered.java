package gatepost.events.waiting;

import gatepost.contracts.Durability;
import gatepost.contracts.events.EventRecords;
import gatepost.contracts.events.EventType;
import gatepost.contracts.inbox.Note;
import gatepost.events.feed.Clocks;
import gatepost.events.feed.Feed;
import gatepost.events.feed.Journal;
import gatepost.events.feed.Limits;
import gatepost.events.feed.Sender;
import gatepost.events.feed.Worker;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the messages that have waited for as long as a subscriber said. One that begins is told of what comes from then on. Everything is
 * its worker's but {@link #look}.
 */
public final class Undelivered {

    private static final Logger LOG = LoggerFactory.getLogger(Undelivered.class);
    private static final String SAMPLES = "times";
    private static final long SOONEST = 100;
    private static final long LATEST = 60_000;
    private static final long AGAIN = 1_000;
    private static final long REMEMBERED_AGAIN = TimeUnit.HOURS.toMillis(1);

    private final Feed feed;
    private final Journal journal;
    private final Worker worker;
    private final Clocks clocks;
    private final Supplier<Limits> limits;
    private final Map<String, Position> positions = new HashMap<>();
    private final Set<String> scanning = new HashSet<>();
    private Map<String, byte[]> ledger;
    private TimeSamples samples = new TimeSamples();
    private boolean unwritten;
    private long writtenAt;
    private long looks;

    public Undelivered(Feed feed, Journal journal, Worker worker, Clocks clocks, Supplier<Limits> limits) {
        this.feed = feed;
        this.journal = journal;
        this.worker = worker;
        this.clocks = clocks;
        this.limits = limits;
        this.writtenAt = clocks.now();
    }

    /** Looks again and again from now on. */
    public void start() {
        look();
    }

    /** Somebody else wants to hear something. Any thread. */
    public void look() {
        worker.run(this::round);
    }

    private void round() {
        long round = ++looks;
        List<Sender> all = feed.all().stream()
                .filter(one -> one.subscriber().types().contains(EventType.MESSAGE_UNDELIVERED))
                .toList();
        long next = LATEST;
        if (!all.isEmpty()) {
            try {
                next = look(journal.records(), all);
            } catch (IOException e) {
                LOG.debug("what waits is looked at again in a moment", e);
                next = AGAIN;
            }
        }
        worker.later(TimeUnit.MILLISECONDS.toNanos(next), () -> {
            if (round == looks) {
                round();
            }
        });
    }

    /** @return milliseconds until there is to be looked again */
    private long look(EventRecords records, List<Sender> all) throws IOException {
        if (ledger == null) {
            ledger = new HashMap<>(records.ledger());
            samples = TimeSamples.of(ledger.get(SAMPLES));
        }
        long head = records.head();
        long nanos = clocks.now();
        long millis = clocks.millis();
        positions.keySet().retainAll(names(all));
        // before the samples, that nobody begins with more than was there
        for (Sender one : all) {
            begin(records, one, head, millis);
        }
        unwritten |= samples.add(head, millis, nanos);
        long shortest = Long.MAX_VALUE;
        long longest = 0;
        for (Sender one : all) {
            long after = after(one);
            shortest = Math.min(shortest, after);
            longest = Math.max(longest, after);
            OptionalLong upTo = samples.waited(after, millis, nanos);
            if (upTo.isPresent()) {
                scan(records, one, upTo.getAsLong(), millis);
            }
        }
        samples.thin(longest, millis);
        long every = Math.min(LATEST, Math.max(TimeSamples.FINEST_MILLIS, shortest / TimeSamples.SHARE));
        write(records, every, nanos);
        long next = every;
        for (Sender one : all) {
            next = Math.min(next, samples.more(after(one), millis, nanos).orElse(every));
        }
        return Math.max(SOONEST, next);
    }

    private static Set<String> names(List<Sender> all) {
        return all.stream().map(one -> one.subscriber().name()).collect(Collectors.toSet());
    }

    private static long after(Sender one) {
        return one.subscriber().after().toMillis();
    }

    private void write(EventRecords records, long every, long nanos) throws IOException {
        if (unwritten && nanos - writtenAt >= TimeUnit.MILLISECONDS.toNanos(every)) {
            records.record(new Note(SAMPLES, samples.bytes()));
            unwritten = false;
            writtenAt = nanos;
        }
    }

    private void begin(EventRecords records, Sender one, long head, long millis) throws IOException {
        String name = one.subscriber().name();
        Position known = positions.get(name);
        if (known == null) {
            Duration age = limits.get().age();
            known = Position.of(ledger.get(Position.name(name)))
                    // one that was away for longer begins anew
                    .filter(position -> millis - position.at() < age.toMillis())
                    .orElse(new Position(head, 0));
        }
        if (millis - known.at() > REMEMBERED_AGAIN) {
            known = new Position(known.offset(), millis);
            remember(records, name, known);
        }
        positions.put(name, known);
    }

    private void remember(EventRecords records, String name, Position position) throws IOException {
        Note note = position.note(name);
        records.record(note);
        ledger.put(note.name(), note.value());
    }

    private void scan(EventRecords records, Sender one, long upTo, long millis) throws IOException {
        String name = one.subscriber().name();
        long told = positions.get(name).offset();
        if (upTo <= told || !scanning.add(name)) {
            return;
        }
        Scan scan = new Scan(records, feed, one, millis, upTo);
        try {
            records.forEachWaiting(told, upTo, scan);
        } catch (IOException | RuntimeException e) {
            scanning.remove(name);
            throw e;
        }
        Durability all = scan.written();
        // not before all of them are safe: a crash has some of them told again, and none passed over
        all.whenSettled(() -> worker.run(() -> {
            scanning.remove(name);
            if (all.isSafe()) {
                advance(name, scan.upTo());
            }
        }));
    }

    private void advance(String name, long upTo) {
        Position next = new Position(upTo, clocks.millis());
        try {
            remember(journal.records(), name, next);
            positions.put(name, next);
        } catch (IOException e) {
            LOG.debug("what {} was told is found again, and not told again", name, e);
        }
    }

    /** @return up to which offset it was told; for tests */
    Optional<Long> told(String name) {
        return Optional.ofNullable(positions.get(name)).map(Position::offset);
    }
}
