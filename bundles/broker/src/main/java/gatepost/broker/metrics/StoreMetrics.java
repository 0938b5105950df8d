package gatepost.broker.metrics;

import gatepost.broker.EmbeddedBroker;
import gatepost.metrics.DiskRoom;
import gatepost.store.JournalStore;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.File;
import java.util.Optional;

/** What the store has of its disk: the time of its syncs, what it has to write twice, and the room that is left. */
final class StoreMetrics {

    private StoreMetrics() {}

    static void register(EmbeddedBroker broker, PrometheusRegistry registry) {
        registry.register(broker.syncs());
        CounterWithCallback.builder()
                .name("gatepost_store_copied_bytes")
                .help("Bytes that were written once more to win space back, since the broker was started")
                .callback(metric -> store(broker).ifPresent(store -> metric.call(store.copiedBytes())))
                .register(registry);
        CounterWithCallback.builder()
                .name("gatepost_store_damaged")
                .help(
                        "Places in the store where something was not what had been written there, since the broker was started")
                .callback(metric -> store(broker).ifPresent(store -> metric.call(store.damage())))
                .register(registry);
        DiskRoom.register(
                "gatepost_store",
                "the store",
                () -> store(broker).map(JournalStore::getDirectory).map(File::toPath),
                registry);
    }

    private static Optional<JournalStore> store(EmbeddedBroker broker) {
        return broker.running().flatMap(BrokerMetrics::store);
    }
}
