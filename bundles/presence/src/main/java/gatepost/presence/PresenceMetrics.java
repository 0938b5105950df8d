package gatepost.presence;

import gatepost.metrics.MetricSource;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Who is on line, and what it takes to tell others, as metrics. */
@Component(service = MetricSource.class)
public final class PresenceMetrics implements MetricSource {

    private final PresenceService presence;

    @Activate
    public PresenceMetrics(@Reference PresenceService presence) {
        this.presence = presence;
    }

    @Override
    public MetricSnapshots scrape() {
        CounterSnapshot.Builder refused = CounterSnapshot.builder()
                .name("gatepost_presence_refused")
                .help("Subscriptions to presence that were refused, by the key of the limit");
        presence.limits()
                .refused()
                .forEach((key, count) -> refused.dataPoint(CounterDataPointSnapshot.builder()
                        .value(count)
                        .labels(Labels.of("key", key))
                        .build()));
        return new MetricSnapshots(
                gauge(
                        "gatepost_online_users",
                        "Users who are on line, those in their grace included",
                        presence.count()),
                gauge(
                        "gatepost_presence_subscriptions",
                        "Subscriptions to presence",
                        presence.limits().subscriptions()),
                gauge(
                        "gatepost_presence_names",
                        "Names that these watch",
                        presence.limits().names()),
                gauge(
                        "gatepost_presence_wildcards",
                        "Wildcards among them",
                        presence.limits().wildcards()),
                counter("gatepost_presence_changes", "Changes: users who came on line or went", presence.changes()),
                counter(
                        "gatepost_presence_events",
                        "Messages that were made of states: one for a change, and for each beginning",
                        presence.messages()),
                counter(
                        "gatepost_presence_late",
                        "Changes that a subscription is told later, with what has come since, for it had not read the ones before",
                        presence.late()),
                refused.build());
    }

    private static CounterSnapshot counter(String name, String help, long value) {
        return CounterSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(CounterDataPointSnapshot.builder().value(value).build())
                .build();
    }

    private static GaugeSnapshot gauge(String name, String help, long value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
                .build();
    }
}
