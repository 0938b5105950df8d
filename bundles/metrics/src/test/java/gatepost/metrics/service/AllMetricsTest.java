package gatepost.metrics.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.metrics.MetricSource;
import gatepost.metrics.Timing;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import javax.management.AttributeNotFoundException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

final class AllMetricsTest {

    private final AllMetrics metrics = new AllMetrics();

    @Test
    void asksEachSourceForAsLongAsItIsThere() throws IOException {
        MetricSource doors = counter("doors", "front", 3);
        metrics.add(doors);
        metrics.add(counter("windows", "back", 1));

        assertTrue(text().contains("doors_total{side=\"front\"} 3.0\n"), text());
        assertTrue(text().contains("windows_total{side=\"back\"} 1.0\n"), text());

        metrics.remove(doors);

        assertTrue(!text().contains("doors"), text());
    }

    @Test
    void aSourceThatFailsOrRepeatsANameKeepsNobodyFromTheOthers() throws IOException {
        metrics.add(() -> {
            throw new IllegalStateException("the bundle is going");
        });
        metrics.add(counter("doors", "front", 3));
        metrics.add(counter("doors", "back", 7));

        assertTrue(text().contains("doors_total{side=\"front\"} 3.0\n"), text());
    }

    @Test
    void aTimeCountsInTheFirstBucketThatHoldsIt() throws IOException {
        Timing timing = new Timing("wait_seconds", "Waiting");
        metrics.add(() -> new MetricSnapshots(timing.collect()));
        timing.record(1, TimeUnit.MILLISECONDS);
        timing.record(1_000_001, TimeUnit.NANOSECONDS);
        timing.record(60, TimeUnit.SECONDS);
        timing.record(-5, TimeUnit.MILLISECONDS);

        String text = text();
        assertTrue(text.contains("wait_seconds_bucket{le=\"5.0E-4\"} 1\n"), text);
        assertTrue(text.contains("wait_seconds_bucket{le=\"0.001\"} 2\n"), text);
        assertTrue(text.contains("wait_seconds_bucket{le=\"0.0025\"} 3\n"), text);
        assertTrue(text.contains("wait_seconds_bucket{le=\"10.0\"} 3\n"), text);
        assertTrue(text.contains("wait_seconds_bucket{le=\"+Inf\"} 4\n"), text);
        assertTrue(text.contains("wait_seconds_count 4\n"), text);
        assertTrue(text.contains("wait_seconds_sum 60.002000001\n"), text);
    }

    @Test
    void jmxHasAnAttributeForEachSample() throws Exception {
        Timing timing = new Timing("wait_seconds", "Waiting");
        timing.record(2, TimeUnit.SECONDS);
        metrics.add(() -> new MetricSnapshots(timing.collect()));
        metrics.add(counter("doors", "front", 3));
        metrics.add(new JvmMetrics());
        MetricsMBean bean = new MetricsMBean(metrics);
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            ObjectName name = new ObjectName(MetricsMBean.NAME);
            assertEquals(3.0, server.getAttribute(name, "doors_total.front"));
            assertEquals(1.0, server.getAttribute(name, "wait_seconds_count"));
            assertEquals(2.0, server.getAttribute(name, "wait_seconds_sum"));
            assertTrue((double) server.getAttribute(name, "jvm_memory_used_bytes.heap") > 0);
            assertThrows(AttributeNotFoundException.class, () -> server.getAttribute(name, "doors_total.back"));
            assertTrue(server.getMBeanInfo(name).getAttributes().length > 5);
        } finally {
            bean.deactivate();
        }
    }

    private static MetricSource counter(String name, String side, int value) {
        PrometheusRegistry registry = new PrometheusRegistry();
        Counter.builder()
                .name(name)
                .help("Counted")
                .labelNames("side")
                .register(registry)
                .labelValues(side)
                .inc(value);
        return registry::scrape;
    }

    private String text() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(out, metrics.scrape());
        return out.toString(StandardCharsets.UTF_8);
    }
}
