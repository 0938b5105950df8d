package gatepost.broker.metrics;

import gatepost.broker.EmbeddedBroker;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/** {@link QueueTotals} as metrics, looked up once for each scrape. */
final class QueueMetrics implements MultiCollector {

    private final EmbeddedBroker broker;

    QueueMetrics(EmbeddedBroker broker) {
        this.broker = broker;
    }

    @Override
    public MetricSnapshots collect() {
        QueueTotals totals = QueueTotals.of(broker);
        return new MetricSnapshots(
                gauge("gatepost_queues", "Queues that exist", totals.queues()),
                gauge("gatepost_queue_messages", "Messages that all queues hold together", totals.messages()),
                gauge("gatepost_queue_messages_deepest", "Messages that the fullest queue holds", totals.deepest()),
                gauge("gatepost_queue_subscriptions", "Subscriptions to queues", totals.subscriptions()));
    }

    private static GaugeSnapshot gauge(String name, String help, long value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
                .build();
    }
}
