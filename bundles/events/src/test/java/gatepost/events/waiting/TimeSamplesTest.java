package gatepost.events.waiting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TimeSamplesTest {

    private static final long MILLION = 1_000_000;
    private static final long START = 1_700_000_000_000L;

    /** Whatever is asked, no message is said to have waited for longer than it has, nor found later than a fiftieth. */
    @Test
    void neverEarlyAndAFiftiethLateAtMostAlsoAfterStarts() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            TimeSamples samples = new TimeSamples();
            TreeMap<Long, Long> came = new TreeMap<>();
            long time = 0;
            long head = 0;
            long longest = 3_600_000L * (1 + random.nextInt(100));
            for (int i = 0; i < 20_000; i++) {
                time += 1000;
                if (random.nextInt(1 + seed) == 0) {
                    came.put(++head, time - 999);
                }
                samples.add(head, START + time, time * MILLION);
                if (i % 100 == 0) {
                    samples.thin(longest, START + time);
                    if (random.nextInt(10) == 0) {
                        samples = TimeSamples.of(samples.bytes());
                    }
                }
                if (i % 50 == 0) {
                    long after = 1L + random.nextInt(18_000_000);
                    OptionalLong upTo = samples.waited(after, START + time, time * MILLION);
                    long now = time;
                    upTo.ifPresent(offset ->
                            came.headMap(offset, true).values().forEach(at -> assertTrue(now - at >= after, "early")));
                    long allowed = Math.max(2000, after / TimeSamples.SHARE + 1000);
                    long sure = came.entrySet().stream()
                            .filter(entry -> now - entry.getValue() >= after + allowed)
                            .mapToLong(entry -> entry.getKey())
                            .max()
                            .orElse(0);
                    assertTrue(
                            after > longest || upTo.orElse(0) >= sure, after + " late: " + upTo + " and not " + sure);
                }
            }
            assertTrue(samples.size() < 700, "there are " + samples.size());
            assertTrue(samples.bytes().length < 16 << 10);
        }
    }

    @Test
    void whatIsLookedAtEverySecondForAMonthFitsIntoANote() {
        TimeSamples samples = new TimeSamples();
        long time = 0;
        for (int i = 0; i < 2_592_000; i += i < 100_000 ? 1 : 20) {
            time = i * 1000L;
            samples.add(i * 10_000L, START + time, time * MILLION);
            if (i % 500 == 0) {
                samples.thin(2_592_000_000L, START + time);
            }
        }
        samples.thin(2_592_000_000L, START + time);
        assertTrue(samples.size() <= 600, "there are " + samples.size());
        assertTrue(samples.bytes().length < 16 << 10, "bytes: " + samples.bytes().length);
    }

    @Test
    void aClockThatGoesBackAndForthMakesNothingOlder() {
        TimeSamples samples = new TimeSamples();
        samples.add(1, START, 0);
        samples.add(2, START - 3_600_000, 1000 * MILLION);
        assertEquals(OptionalLong.of(1), samples.waited(3_600_000, START + 3_600_000, 3_600_000 * MILLION));
        // it was set forward: by the clock an hour has passed, by the other a minute
        TimeSamples forward = new TimeSamples();
        forward.add(1, START, 0);
        assertEquals(OptionalLong.empty(), forward.waited(3_600_000, START + 3_600_000, 60_000 * MILLION));
        assertEquals(OptionalLong.of(3_540_000), forward.more(3_600_000, START + 3_600_000, 60_000 * MILLION));
        // after a start only one clock is left, of which the samples never go back
        TimeSamples read = TimeSamples.of(samples.bytes());
        assertEquals(OptionalLong.empty(), read.waited(3_600_000, START + 3_599_999, 5));
        assertEquals(OptionalLong.of(2), read.waited(3_600_000, START + 3_600_000, 5));
    }

    @Test
    void whereNothingComesNothingIsKept() {
        TimeSamples samples = new TimeSamples();
        assertTrue(samples.add(5, START, 0));
        for (int i = 1; i < 1000; i++) {
            assertEquals(false, samples.add(5, START + i * 1000L, i * 1000L * MILLION));
        }
        assertEquals(1, samples.size());
        assertEquals(0, TimeSamples.of(new byte[] {9, 9}).size());
        assertEquals(0, TimeSamples.of(new byte[] {1, (byte) 0x80}).size());
    }
}
