package gatepost.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class CountedLinesTest {

    private final List<String> log = new ArrayList<>();
    private final Queue<Runnable> later = new ArrayDeque<>();
    private final CountedLines lines =
            new CountedLines("event=\"x\"", log::add, () -> Instant.parse("2026-11-27T18:00:00.5Z"), later::add);

    private void minuteIsOver() {
        later.remove().run();
    }

    private void repeat(int times, String source, String detail) {
        for (int i = 0; i < times; i++) {
            lines.write(source, detail, source + " " + detail);
        }
    }

    @Test
    void theFirstIsWrittenAtOnceAndWhatRepeatsAsOneSum() {
        repeat(1001, "address=\"a\"", "user=\"u\"");
        assertEquals(List.of("address=\"a\" user=\"u\""), log);
        assertEquals(1000, lines.counted());
        minuteIsOver();
        assertEquals(
                "event=\"x\" address=\"a\" repeated=\"1000\" since=\"2026-11-27T18:00:00Z\" such-as: user=\"u\"",
                log.get(1));
        repeat(1, "address=\"a\"", "user=\"u\"");
        assertEquals(3, log.size());
    }

    @Test
    void aSourceThatVariesItsLinesHasNoMoreOfThem() {
        for (int i = 0; i < 200; i++) {
            repeat(1, "address=\"a\"", "user=\"" + i + "\"");
        }
        repeat(1, "address=\"b\"", "user=\"bob\"");
        assertEquals(51, log.size());
        assertEquals("address=\"b\" user=\"bob\"", log.get(50));
        minuteIsOver();
        assertEquals(52, log.size());
        assertTrue(log.get(51).contains("repeated=\"150\""), log.get(51));
        assertTrue(
                log.get(51).endsWith("such-as: user=\"50\" user=\"51\" user=\"52\" user=\"53\" user=\"54\""),
                log.get(51));
    }

    @Test
    void manySourcesHaveABoundTooAndNothingIsLostUncounted() {
        int sources = 5000;
        for (int i = 0; i < sources; i++) {
            repeat(3, "address=\"" + i + "\"", "user=\"u\"");
        }
        int written = log.size();
        assertEquals(500, written);
        assertEquals(3 * sources - written, lines.counted());
        minuteIsOver();
        assertEquals(written + 51, log.size());
        assertTrue(log.get(written).startsWith("event=\"x\" source=\"others\" repeated="), log.get(written));
        long summed =
                log.stream().skip(written).mapToLong(CountedLinesTest::repeated).sum();
        assertEquals(lines.counted(), summed);
    }

    private static long repeated(String line) {
        return Long.parseLong(line.replaceFirst(".* repeated=\"(\\d+)\".*", "$1"));
    }

    @Test
    void oneSumIsToComeAtATime() {
        repeat(3, "a", "b");
        assertEquals(1, later.size());
        minuteIsOver();
        assertEquals(0, later.size());
        repeat(1, "a", "b");
        minuteIsOver();
        assertEquals(3, log.size());
    }
}
