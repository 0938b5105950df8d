package gatepost.routes.http;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What became of the requests since the start. Safe for use by several threads. */
public final class HttpCounts {

    /** What becomes of a request, or of a connection that never sends a whole one. */
    public enum Outcome {
        /** By a route, whatever it said. */
        ANSWERED,
        /** Nothing is served there, or not in this way. */
        UNKNOWN,
        /** It is for a host, of a page, or through a proxy that is not listed. */
        FOREIGN,
        /** Its body is longer than one may be. */
        TOO_LARGE,
        /** It did not come whole in time, or nothing of its answer was taken. */
        TOO_SLOW,
        /** It had to make room for others, which there were too many of or whose bodies were too large together. */
        EVICTED;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Map<Outcome, LongAdder> counts = new EnumMap<>(Outcome.class);
    private volatile int connections;

    HttpCounts() {
        for (Outcome outcome : Outcome.values()) {
            counts.put(outcome, new LongAdder());
        }
    }

    void connections(int now) {
        connections = now;
    }

    /** @return that are open now */
    public int connections() {
        return connections;
    }

    void add(Outcome outcome) {
        counts.get(outcome).increment();
    }

    public long of(Outcome outcome) {
        return counts.get(outcome).sum();
    }
}
