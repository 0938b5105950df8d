package gatepost.console.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import gatepost.metrics.Timing;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReadingTest {

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter messages =
            Counter.builder().name("messages").help("-").labelNames("by").register(registry);
    private final Gauge open =
            Gauge.builder().name("open").help("-").labelNames("by").register(registry);
    private final Timing time = new Timing("time_seconds", "-");

    ReadingTest() {
        registry.register(time);
    }

    private Reading read(double second) {
        return new Reading(registry.scrape(), (long) (second * 1e9));
    }

    @Test
    void aValueIsThatOfAllLabelsTogether() {
        open.labelValues("a").set(2);
        open.labelValues("b").set(3);
        messages.labelValues("a").inc(7);
        assertEquals(5, read(0).value("open"));
        assertEquals(7, read(0).value("messages"));
        assertEquals(0, read(0).value("unknown"));
    }

    @Test
    void aRateIsWhatWasAddedInTheTimeThatWentBy() {
        messages.labelValues("a").inc(100);
        Reading before = read(10);
        messages.labelValues("b").inc(5);
        assertEquals(2, read(12.5).rate(before, "messages"));
        assertEquals(0, before.rate(before, "messages"));
    }

    @Test
    void aCounterThatBeganAnewHasNotGone() {
        messages.labelValues("a").inc(100);
        Reading before = read(0);
        assertEquals(0, new Reading(new PrometheusRegistry().scrape(), (long) 1e9).rate(before, "messages"));
    }

    @Test
    void timesAreThoseSinceAndAsExactAsTheBuckets() {
        time.record(5, TimeUnit.SECONDS);
        Reading before = read(0);
        assertNull(read(1).quantile(before, "time_seconds", 0.5));
        for (int i = 0; i < 99; i++) {
            time.record(2, TimeUnit.MILLISECONDS);
        }
        time.record(800, TimeUnit.MILLISECONDS);
        Reading now = read(1);
        // within the bucket from 1 to 2.5 ms, and from 0.5 to 1 s
        assertEquals(0.001 + 0.0015 * 50 / 99, now.quantile(before, "time_seconds", 0.5), 1e-9);
        assertEquals(0.0025, now.quantile(before, "time_seconds", 0.99), 1e-9);
        assertEquals(1, now.quantile(before, "time_seconds", 1), 1e-9);
        assertNull(now.quantile(before, "unknown", 0.5));
    }

    @Test
    void whatTookLongerThanTheLastBoundTookThatLongAtLeast() {
        Reading before = read(0);
        time.record(60, TimeUnit.SECONDS);
        assertEquals(10, read(1).quantile(before, "time_seconds", 0.99));
    }
}
