package gatepost.broker.metrics;

import gatepost.broker.EmbeddedBroker;
import gatepost.broker.quota.Ledger;
import gatepost.store.quota.Charge;
import gatepost.store.quota.Charges;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What is kept for users, and what was refused or dropped because it was too much; counted since the broker was started. */
final class QuotaMetrics {

    private final EmbeddedBroker broker;
    private final PrometheusRegistry registry;

    private QuotaMetrics(EmbeddedBroker broker, PrometheusRegistry registry) {
        this.broker = broker;
        this.registry = registry;
    }

    static void register(EmbeddedBroker broker, PrometheusRegistry registry) {
        new QuotaMetrics(broker, registry).register();
    }

    private void register() {
        CounterWithCallback.builder()
                .name("gatepost_quota_refused")
                .labelNames("key")
                .help("SENDs and COMMITs that were refused, by the key of the limit")
                .callback(metric -> broker.ledger()
                        .ifPresent(ledger -> refused(ledger).forEach((key, count) -> metric.call(count, key))))
                .register(registry);
        counter(
                "gatepost_dead_letters_dropped",
                "Refused messages that were not kept, or no longer",
                ledger -> ledger.deadLetters().dropped());
        counter(
                "gatepost_durable_messages_dropped",
                "Messages not kept for durable subscriptions whose user has too much",
                ledger -> ledger.durable().dropped());
        counter(
                "gatepost_topic_messages_dropped",
                "Messages dropped because a topic's subscriber was too slow",
                ledger -> ledger.pending().dropped());
        counter(
                "gatepost_inbox_messages_dropped",
                "Messages that went from a full inbox since newer ones needed their room",
                ledger -> ledger.inboxes().dropped());
        counter(
                "gatepost_inbox_messages_skipped",
                "SENDs that left nothing since the inbox or the store was full, as their senders allowed",
                ledger -> ledger.inboxes().skipped());
        counter(
                "gatepost_inbox_history_yielded",
                "Messages that were done and went since the store was nearly full",
                ledger -> ledger.history().messages());
        counter(
                "gatepost_inbox_history_yielded_bytes",
                "What they took of the disk",
                ledger -> ledger.history().bytes());
        largest(
                "gatepost_user_memory_largest_bytes",
                "The most that is held outside the store for one user",
                ledger -> ledger.held().users());
        largest(
                "gatepost_user_store_largest_bytes",
                "The most that waits in the store of what one user sent",
                ledger -> ledger.admission().users());
    }

    private static Map<String, Double> refused(Ledger ledger) {
        Map<String, Double> refused = new TreeMap<>();
        ledger.admission().refused().forEach((key, count) -> refused.put(key, (double) count.sum()));
        refused.put("user.memory", (double) ledger.held().refused());
        refused.put("memory.percent", (double) ledger.memoryRefused());
        refused.put("store.limit", (double) ledger.scarceRefused());
        return refused;
    }

    private void counter(String name, String help, ToDoubleFunction<Ledger> value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(metric -> broker.ledger().ifPresent(ledger -> metric.call(value.applyAsDouble(ledger))))
                .register(registry);
    }

    private void largest(String name, String help, Function<Ledger, Charges> users) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(metric -> broker.ledger()
                        .ifPresent(ledger -> metric.call(
                                users.apply(ledger).largest().map(Charge::bytes).orElse(0L))))
                .register(registry);
    }
}
