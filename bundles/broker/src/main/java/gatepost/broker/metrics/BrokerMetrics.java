package gatepost.broker.metrics;

import gatepost.broker.EmbeddedBroker;
import gatepost.broker.connector.ConnectorStatus;
import gatepost.broker.connector.Connectors;
import gatepost.broker.subscription.DurableSubscription;
import gatepost.metrics.MetricSource;
import gatepost.store.JournalStore;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.region.DestinationStatistics;
import org.apache.activemq.broker.region.RegionBroker;
import org.apache.activemq.usage.SystemUsage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What ActiveMQ counts anyway, read only when somebody asks. */
@Component(service = MetricSource.class)
public final class BrokerMetrics implements MetricSource {

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final EmbeddedBroker broker;

    @Activate
    public BrokerMetrics(@Reference EmbeddedBroker broker, @Reference Connectors connectors) {
        this.broker = broker;
        GaugeWithCallback.builder()
                .name("gatepost_broker_open")
                .help("1 while clients can come in, 0 while they cannot")
                .callback(metric -> metric.call(broker.problem().isEmpty() ? 1 : 0))
                .register(registry);
        GaugeWithCallback.builder()
                .name("gatepost_connector_open")
                .help("1 while the connector listens, 0 while it does not")
                .labelNames("connector")
                .callback(metric -> {
                    for (ConnectorStatus status : connectors.status()) {
                        metric.call(status.open() ? 1 : 0, status.name());
                    }
                })
                .register(registry);
        counter(
                "gatepost_messages_received",
                "Messages that came to a destination",
                statistics -> statistics.getEnqueues().getCount());
        CounterWithCallback.builder()
                .name("gatepost_messages_stored")
                .help("Messages accepted that outlive a restart")
                .callback(metric -> metric.call(broker.stored()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("gatepost_users")
                .help("Users who are on line")
                .callback(metric -> metric.call(broker.users()))
                .register(registry);
        counter(
                "gatepost_messages_dispatched",
                "Messages sent to a subscription, each time counted",
                statistics -> statistics.getDispatched().getCount());
        counter(
                "gatepost_messages_acknowledged",
                "Messages that left their destination",
                statistics -> statistics.getDequeues().getCount());
        counter(
                "gatepost_messages_expired",
                "Messages that were dropped because their time was over",
                statistics -> statistics.getExpired().getCount());
        usage(
                "gatepost_store_bytes",
                "What the store takes of the disk",
                usage -> usage.getStoreUsage().getUsage());
        usage(
                "gatepost_store_limit_bytes",
                "What the store may take",
                usage -> usage.getStoreUsage().getLimit());
        usage(
                "gatepost_message_memory_bytes",
                "Memory that messages take",
                usage -> usage.getMemoryUsage().getUsage());
        usage(
                "gatepost_message_memory_limit_bytes",
                "Memory that messages may take",
                usage -> usage.getMemoryUsage().getLimit());
        usage(
                "gatepost_temporary_bytes",
                "What non-persistent messages take of the disk",
                usage -> usage.getTempUsage().getUsage());
        usage(
                "gatepost_temporary_limit_bytes",
                "What non-persistent messages may take of the disk",
                usage -> usage.getTempUsage().getLimit());
        CounterWithCallback.builder()
                .name("gatepost_selectors_refused")
                .help("Subscriptions refused because of their selector")
                .callback(
                        metric -> metric.call(broker.subscriptions().selectors().refused()))
                .register(registry);
        CounterWithCallback.builder()
                .name("gatepost_selectors_exhausted")
                .help("Messages that a selector did not match because they needed too much work")
                .callback(
                        metric -> metric.call(broker.subscriptions().selectors().exhausted()))
                .register(registry);
        CounterWithCallback.builder()
                .name("gatepost_durable_subscriptions_refused")
                .help("Durable subscriptions refused because their user has too many")
                .callback(metric -> metric.call(broker.subscriptions().durablesRefused()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("gatepost_durable_subscriptions")
                .help("Durable subscriptions to topics, on line or not")
                .callback(metric ->
                        broker.running().ifPresent(running -> metric.call(DurableSubscription.count(running))))
                .register(registry);
        StoreMetrics.register(broker, registry);
        QuotaMetrics.register(broker, registry);
        registry.register(new QueueMetrics(broker));
    }

    @Override
    public MetricSnapshots scrape() {
        return registry.scrape();
    }

    private void counter(String name, String help, ToDoubleFunction<DestinationStatistics> value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(metric -> broker.running()
                        .map(BrokerMetrics::statistics)
                        .ifPresent(statistics -> metric.call(value.applyAsDouble(statistics))))
                .register(registry);
    }

    private void usage(String name, String help, ToDoubleFunction<SystemUsage> value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(metric -> broker.running()
                        .ifPresent(running -> metric.call(value.applyAsDouble(running.getSystemUsage()))))
                .register(registry);
    }

    /** @return where queues keep their messages, unless nothing is kept */
    static Optional<JournalStore> store(BrokerService running) {
        try {
            return running.getPersistenceAdapter() instanceof JournalStore store
                    ? Optional.of(store)
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("a broker that runs has its store", e);
        }
    }

    /** Those of all destinations together. */
    static DestinationStatistics statistics(BrokerService running) {
        return ((RegionBroker) running.getRegionBroker()).getDestinationStatistics();
    }
}
