package gatepost.broker.metrics;

import gatepost.broker.EmbeddedBroker;
import gatepost.threads.DaemonThreads;
import gatepost.threads.RepeatedTask;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.broker.region.DestinationStatistics;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** How fast messages came and went in the last few seconds. */
@Component(service = Rates.class, immediate = true)
public final class Rates {

    private static final int SECONDS = 10;

    private record Sample(long nanos, long received, long dispatched) {}

    private final EmbeddedBroker broker;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("gatepost-rates"));

    @Activate
    public Rates(@Reference EmbeddedBroker broker) {
        this.broker = broker;
        clock.scheduleAtFixedRate(
                new RepeatedTask("the count of messages a second", this::sample), 0, 1, TimeUnit.SECONDS);
    }

    @Deactivate
    void deactivate() {
        clock.shutdownNow();
    }

    /** @return messages a second that came in */
    public synchronized double received() {
        return samples.isEmpty()
                ? 0
                : rate(samples.getLast().received() - samples.getFirst().received());
    }

    /** @return messages a second that were sent to readers */
    public synchronized double dispatched() {
        return samples.isEmpty()
                ? 0
                : rate(samples.getLast().dispatched() - samples.getFirst().dispatched());
    }

    private double rate(long messages) {
        long nanos = samples.getLast().nanos() - samples.getFirst().nanos();
        return nanos == 0 ? 0 : messages * 1e9 / nanos;
    }

    private synchronized void sample() {
        DestinationStatistics statistics =
                broker.running().map(BrokerMetrics::statistics).orElse(null);
        if (statistics == null) {
            samples.clear();
            return;
        }
        long received = statistics.getEnqueues().getCount();
        // another broker counts from nothing
        if (!samples.isEmpty() && samples.getLast().received() > received) {
            samples.clear();
        }
        samples.add(new Sample(
                System.nanoTime(), received, statistics.getDispatched().getCount()));
        if (samples.size() > SECONDS + 1) {
            samples.remove();
        }
    }
}
