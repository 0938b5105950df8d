package gatepost.broker.metrics;

import gatepost.broker.EmbeddedBroker;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.broker.region.RegionBroker;

/** What all queues hold together and the fullest one alone: one look at them for each scrape, however many there are. */
final class QueueMetrics implements MultiCollector {

    private final EmbeddedBroker broker;

    QueueMetrics(EmbeddedBroker broker) {
        this.broker = broker;
    }

    @Override
    public MetricSnapshots collect() {
        long queues = 0;
        long messages = 0;
        long deepest = 0;
        long consumers = 0;
        for (Destination queue : broker.running()
                .map(running -> ((RegionBroker) running.getRegionBroker()).getQueueRegion().getDestinationMap().values())
                .orElse(List.of())) {
            long depth = queue.getDestinationStatistics().getMessages().getCount();
            queues++;
            messages += depth;
            deepest = Math.max(deepest, depth);
            consumers += queue.getDestinationStatistics().getConsumers().getCount();
        }
        return new MetricSnapshots(
                gauge("gatepost_queues", "Queues that exist", queues),
                gauge("gatepost_queue_messages", "Messages that all queues hold together", messages),
                gauge("gatepost_queue_messages_deepest", "Messages that the fullest queue holds", deepest),
                gauge("gatepost_queue_subscriptions", "Subscriptions to queues", consumers));
    }

    private static GaugeSnapshot gauge(String name, String help, long value) {
        return GaugeSnapshot.builder().name(name).help(help)
                .dataPoint(GaugeDataPointSnapshot.builder().value(value).build()).build();
    }
}
