package gatepost.metrics;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Lines of a log that strangers can have written as often as they like. The first of a kind is written; what repeats within a
 * minute is counted and written as one line for each source when the minute is over, so that nobody can turn a log over and drive
 * out what matters in it. Nothing is lost without being counted, and memory is bounded however many sources there are. Safe for use
 * by several threads.
 */
public final class CountedLines {

    /** How long is counted before a sum is written. */
    public static final Duration WINDOW = Duration.ofMinutes(1);

    private static final int SOURCES = 1000;
    private static final int LINES_OF_A_SOURCE = 50;
    private static final int LINES = 500;
    private static final int SUMS = 50;
    private static final int SAMPLES = 5;
    private static final String OTHERS = "source=\"others\"";

    private final String event;
    private final Consumer<String> log;
    private final InstantSource clock;
    private final Consumer<Runnable> inAMinute;
    private final AtomicLong counted = new AtomicLong();
    private final Map<String, Source> sources = new HashMap<>();
    private int written;
    private boolean scheduled;

    /**
     * @param event what the lines are about, as a sum begins with it: {@code event="sign-in" outcome="refused"}
     * @param log writes a line
     */
    public CountedLines(String event, Consumer<String> log) {
        this(
                event,
                log,
                InstantSource.system(),
                task -> CompletableFuture.delayedExecutor(WINDOW.toMillis(), TimeUnit.MILLISECONDS)
                        .execute(task));
    }

    /** @param inAMinute runs a task when {@link #WINDOW} is over */
    CountedLines(String event, Consumer<String> log, InstantSource clock, Consumer<Runnable> inAMinute) {
        this.event = event;
        this.log = log;
        this.clock = clock;
        this.inAMinute = inAMinute;
    }

    /**
     * Writes a line, or counts it.
     *
     * @param source whose it is, {@code key="value"} with nothing in it that could break a line
     * @param detail what differs among the lines of a source, of the same form; a few are named in the sum
     * @param line the whole line
     */
    public synchronized void write(String source, String detail, String line) {
        Source of = sources.get(source);
        if (of == null) {
            of = sources.computeIfAbsent(
                    sources.size() < SOURCES ? source : OTHERS, any -> new Source(clock.instant()));
        }
        if (!scheduled) {
            scheduled = true;
            inAMinute.accept(this::sum);
        }
        if (written < LINES && of.isNew(line)) {
            written++;
            log.accept(line);
        } else {
            counted.incrementAndGet();
            of.count(detail);
        }
    }

    /** @return how many lines were counted instead of being written */
    public long counted() {
        return counted.get();
    }

    private synchronized void sum() {
        List<Map.Entry<String, Source>> most = sources.entrySet().stream()
                .filter(entry -> entry.getValue().counted > 0)
                .sorted(Comparator.comparing((Map.Entry<String, Source> entry) -> -entry.getValue().counted))
                .toList();
        most.stream().limit(SUMS).forEach(entry -> log.accept(event + ' ' + entry.getKey() + entry.getValue()));
        long rest = most.stream()
                .skip(SUMS)
                .mapToLong(entry -> entry.getValue().counted)
                .sum();
        if (rest > 0) {
            log.accept(event + ' ' + OTHERS + " sources=\"" + (most.size() - SUMS) + "\" repeated=\"" + rest + '"');
        }
        sources.clear();
        written = 0;
        scheduled = false;
    }

    private static final class Source {

        private final Set<String> lines = new LinkedHashSet<>();
        private final Set<String> details = new LinkedHashSet<>();
        private final Instant since;
        private long counted;

        Source(Instant since) {
            this.since = since;
        }

        boolean isNew(String line) {
            return lines.size() < LINES_OF_A_SOURCE && lines.add(line);
        }

        void count(String detail) {
            counted++;
            if (details.size() < SAMPLES) {
                details.add(detail);
            }
        }

        @Override
        public String toString() {
            return " repeated=\"" + counted + "\" since=\"" + since.truncatedTo(ChronoUnit.SECONDS) + "\" such-as: "
                    + String.join(" ", details);
        }
    }
}
