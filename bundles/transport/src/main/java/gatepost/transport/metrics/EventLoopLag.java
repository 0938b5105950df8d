package gatepost.transport.metrics;

import gatepost.metrics.health.HealthCheck;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Asks each event loop once a second how late it is; one that does not answer at all is stuck. */
public final class EventLoopLag implements HealthCheck {

    private static final long PERIOD = TimeUnit.SECONDS.toNanos(1);
    private static final long STUCK = TimeUnit.SECONDS.toNanos(30);

    private final TransportMetrics metrics;
    private final LongSupplier clock;
    private final List<Probe> probes = new ArrayList<>();

    public EventLoopLag(EventExecutorGroup loops, TransportMetrics metrics) {
        this(loops, metrics, System::nanoTime);
    }

    EventLoopLag(EventExecutorGroup loops, TransportMetrics metrics, LongSupplier clock) {
        this.metrics = metrics;
        this.clock = clock;
        for (EventExecutor loop : loops) {
            Probe probe = new Probe();
            probes.add(probe);
            loop.scheduleAtFixedRate(probe, PERIOD, PERIOD, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public List<String> problems() {
        long now = clock.getAsLong();
        long stuck = probes.stream().filter(probe -> now - probe.last > STUCK).count();
        return stuck == 0 ? List.of() : List.of(stuck + " of " + probes.size() + " event loops do not answer");
    }

    @Override
    public boolean needsRestart() {
        return true;
    }

    private final class Probe implements Runnable {

        private volatile long last = clock.getAsLong();

        @Override
        public void run() {
            long now = clock.getAsLong();
            metrics.lag(now - last - PERIOD);
            last = now;
        }
    }
}
