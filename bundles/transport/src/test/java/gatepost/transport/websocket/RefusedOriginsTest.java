package gatepost.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import gatepost.transport.metrics.OpenSockets;
import gatepost.transport.metrics.TransportMetrics;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import org.junit.jupiter.api.Test;

class RefusedOriginsTest {

    private final TransportMetrics metrics = new TransportMetrics(new OpenSockets());
    private long now;
    private final RefusedOrigins refused = new RefusedOrigins(metrics, () -> now);

    @Test
    void theFirstIsToldAtOnceAndTheNextOnesTogetherAfterAMinute() {
        assertEquals("1 page of http://a", refused.line("http://a"));
        now = RefusedOrigins.PERIOD_NANOS - 1;
        assertNull(refused.line("http://c"));
        assertNull(refused.line("http://b"));
        now++;
        assertEquals("3 pages of http://b, http://c", refused.line("http://b"));
        assertNull(refused.line("http://b"));
    }

    @Test
    void aLineNamesAFewHoweverManyThereWere() {
        refused.line("first");
        for (int i = 0; i < 100_000; i++) {
            assertNull(refused.line("http://" + i));
        }
        now = RefusedOrigins.PERIOD_NANOS;
        assertEquals(RefusedOrigins.MOST, refused.line("last").split(",").length);
    }

    @Test
    void eachIsCountedUnderItsConnector() {
        refused.refused("ws", "http://a");
        refused.refused("ws", "\u001b[31m");
        CounterSnapshot counted = metrics.scrape().stream()
                .filter(metric -> metric.getMetadata().getName().equals("gatepost_origins_refused"))
                .map(CounterSnapshot.class::cast)
                .findFirst()
                .orElseThrow();
        assertEquals(2, counted.getDataPoints().get(0).getValue());
        assertEquals("ws", counted.getDataPoints().get(0).getLabels().get("connector"));
    }
}
