package gatepost.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LatencyTest {

    @Test
    void aPercentileIsTheTimeWithinWhichSoManyEventsLie() {
        Latency latency = new Latency();
        for (int millis = 1; millis <= 1000; millis++) {
            latency.add(millis * 1_000_000L);
        }
        assertEquals(500, latency.percentile(50), 1);
        assertEquals(990, latency.percentile(99), 1);
        assertEquals(999, latency.percentile(99.9), 1);
        assertEquals(1000, latency.percentile(100), 1);
    }

    @Test
    void oneSlowEventOfAHundredIsAboveThe99thPercentile() {
        Latency latency = new Latency();
        for (int i = 0; i < 99; i++) {
            latency.add(1_000_000);
        }
        latency.add(1_000_000_000);
        assertEquals(1, latency.percentile(99), 0.01);
        assertEquals(1000, latency.percentile(99.9), 1);
    }

    @Test
    void nothingHasNoTime() {
        assertEquals(0, new Latency().percentile(99));
    }
}
