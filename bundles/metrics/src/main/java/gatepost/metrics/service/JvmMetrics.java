package gatepost.metrics.service;

import gatepost.metrics.MetricSource;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.function.ToLongFunction;
import org.osgi.service.component.annotations.Component;

/** What Java itself knows, under the names that Prometheus' own JVM metrics have. */
@Component(service = MetricSource.class)
public final class JvmMetrics implements MetricSource {

    private final PrometheusRegistry registry = new PrometheusRegistry();

    public JvmMetrics() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        List<BufferPoolMXBean> pools = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class);
        List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
        List<MemoryPoolMXBean> collected = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getCollectionUsage() != null)
                .toList();
        GaugeWithCallback.builder()
                .name("jvm_memory_used_bytes")
                .help("Memory in use")
                .labelNames("area")
                .callback(metric -> {
                    metric.call(memory.getHeapMemoryUsage().getUsed(), "heap");
                    metric.call(memory.getNonHeapMemoryUsage().getUsed(), "nonheap");
                })
                .register(registry);
        GaugeWithCallback.builder()
                .name("jvm_memory_max_bytes")
                .help("The most memory that may be in use; -1 for no limit")
                .labelNames("area")
                .callback(metric -> {
                    metric.call(memory.getHeapMemoryUsage().getMax(), "heap");
                    metric.call(memory.getNonHeapMemoryUsage().getMax(), "nonheap");
                })
                .register(registry);
        afterCollection(
                "used", "What the last collection left in use; 0 before the first", MemoryUsage::getUsed, collected);
        afterCollection("max", "The most of it that may be in use; -1 for no limit", MemoryUsage::getMax, collected);
        GaugeWithCallback.builder()
                .name("jvm_buffer_pool_used_bytes")
                .help("Memory of buffers outside the heap")
                .labelNames("pool")
                .callback(metric -> pools.forEach(pool -> metric.call(pool.getMemoryUsed(), pool.getName())))
                .register(registry);
        GaugeWithCallback.builder()
                .name("jvm_threads_current")
                .help("Threads that are alive")
                .callback(metric -> metric.call(threads.getThreadCount()))
                .register(registry);
        CounterWithCallback.builder()
                .name("jvm_gc_collection_seconds_total")
                .help("Time spent collecting garbage")
                .labelNames("gc")
                .callback(metric -> collectors.forEach(collector ->
                        metric.call(Math.max(0, collector.getCollectionTime()) / 1e3, collector.getName())))
                .register(registry);
    }

    private void afterCollection(
            String name, String help, ToLongFunction<MemoryUsage> value, List<MemoryPoolMXBean> pools) {
        GaugeWithCallback.builder()
                .name("jvm_memory_pool_collection_" + name + "_bytes")
                .help(help)
                .labelNames("pool")
                .callback(metric -> pools.forEach(
                        pool -> metric.call(value.applyAsLong(pool.getCollectionUsage()), pool.getName())))
                .register(registry);
    }

    @Override
    public MetricSnapshots scrape() {
        return registry.scrape();
    }
}
