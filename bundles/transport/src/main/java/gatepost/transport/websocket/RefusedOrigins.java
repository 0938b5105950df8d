package gatepost.transport.websocket;

import gatepost.contracts.Printable;
import gatepost.transport.metrics.TransportMetrics;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator which pages were turned away for their {@code Origin}: the reason is seldom an attack and mostly a host that
 * was forgotten in {@code origins}. Each is counted; the log gets a line at most once a minute, however many there are. Safe for
 * use by several threads.
 */
public final class RefusedOrigins {

    static final long PERIOD_NANOS = TimeUnit.MINUTES.toNanos(1);
    /** Of different origins in a line. */
    static final int MOST = 10;

    private static final Logger LOG = LoggerFactory.getLogger(RefusedOrigins.class);

    private final TransportMetrics metrics;
    private final LongSupplier clock;
    private final Set<String> origins = new TreeSet<>();
    private long requests;
    private long next;

    public RefusedOrigins(TransportMetrics metrics) {
        this(metrics, System::nanoTime);
    }

    RefusedOrigins(TransportMetrics metrics, LongSupplier clock) {
        this.metrics = metrics;
        this.clock = clock;
        this.next = clock.getAsLong();
    }

    public void refused(String connector, String origin) {
        metrics.originRefused(connector);
        String line = line(Printable.of(origin));
        if (line != null) {
            LOG.warn(
                    "connector {} refused {}; pages that should connect have to be listed under its origins",
                    connector,
                    line);
        }
    }

    /** @return what to write now, or {@code null} */
    synchronized String line(String origin) {
        requests++;
        if (origins.size() < MOST) {
            origins.add(origin);
        }
        long now = clock.getAsLong();
        if (now - next < 0) {
            return null;
        }
        String line = requests + (requests == 1 ? " page of " : " pages of ") + String.join(", ", origins);
        origins.clear();
        requests = 0;
        next = now + PERIOD_NANOS;
        return line;
    }
}
