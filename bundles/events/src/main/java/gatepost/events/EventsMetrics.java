package gatepost.events;

import gatepost.events.feed.SenderStatus;
import gatepost.events.feed.Senders;
import gatepost.metrics.MetricSource;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.InstantSource;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How subscribers are doing, as metrics. */
@Component(service = MetricSource.class)
public final class EventsMetrics implements MetricSource {

    private final Senders senders;
    private final InstantSource clock = InstantSource.system();

    @Activate
    public EventsMetrics(@Reference Senders senders) {
        this.senders = senders;
    }

    @Override
    public MetricSnapshots scrape() {
        List<SenderStatus> all =
                senders.all().stream().map(sender -> sender.status()).toList();
        long now = clock.millis();
        return new MetricSnapshots(
                gauge(
                        "gatepost_events_pending",
                        "Events that a subscriber was not told yet",
                        all,
                        one -> one.pending()),
                gauge(
                        "gatepost_events_oldest_seconds",
                        "Since when the first of them is pending",
                        all,
                        one -> one.oldest().isEmpty()
                                ? 0
                                : Math.max(0, now - one.oldest().getAsLong()) / 1000.0),
                gauge(
                        "gatepost_events_up",
                        "1 while a subscriber takes events, or would; 0 while it is down or stopped",
                        all,
                        one -> one.isIll() ? 0 : 1),
                counter("gatepost_events_told", "Events that a subscriber has taken", all, SenderStatus::told),
                counter("gatepost_events_failed", "Attempts that a subscriber has not", all, SenderStatus::failed),
                counter(
                        "gatepost_events_lost",
                        "Events that were too old or too many, of which only the number is told",
                        all,
                        SenderStatus::lost));
    }

    private static CounterSnapshot counter(
            String name, String help, List<SenderStatus> all, ToDoubleFunction<SenderStatus> value) {
        CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
        if (all.isEmpty()) {
            // what alerts are about is there before the first subscriber is
            counter.dataPoint(CounterDataPointSnapshot.builder().value(0).build());
        }
        all.forEach(one -> counter.dataPoint(CounterDataPointSnapshot.builder()
                .labels(Labels.of("subscriber", one.name()))
                .value(value.applyAsDouble(one))
                .build()));
        return counter.build();
    }

    private static GaugeSnapshot gauge(
            String name, String help, List<SenderStatus> all, ToDoubleFunction<SenderStatus> value) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        all.forEach(one -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(Labels.of("subscriber", one.name()))
                .value(value.applyAsDouble(one))
                .build()));
        return gauge.build();
    }
}
