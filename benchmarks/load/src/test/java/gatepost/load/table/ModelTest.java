package gatepost.load.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ModelTest {

    @Test
    void aStraightLineIsFoundAgain() {
        Fit fit = Fit.of(new TreeMap<>(Map.of(1_000, 45_000.0, 10_000, 90_000.0, 100_000, 540_000.0)));
        assertEquals(40_000, fit.fixed(), 0.001);
        assertEquals(5, fit.each(), 0.000001);
        assertEquals(0, fit.error(), 0.000001);
    }

    @Test
    void howFarAValueIsOffTheLineIsItsShareOfThatValue() {
        Fit fit = Fit.of(new TreeMap<>(Map.of(0, 10.0, 1, 40.0, 2, 10.0)));
        assertEquals(20, fit.fixed(), 0.001);
        assertEquals(0, fit.each(), 0.001);
        assertEquals(1, fit.error(), 0.001);
    }

    @Test
    void eachStepIsShownSoThatACurveIsSeen() {
        String model = new Model(Stream.of(
                        "gatepost\t1000\t1\tdrain\theap_kib\t2000",
                        "gatepost\t2000\t1\tdrain\theap_kib\t4000",
                        "gatepost\t4000\t1\tdrain\theap_kib\t12000",
                        "artemis\t4000\t1\tdrain\theap_kib\t1"))
                .markdown();
        assertTrue(
                model.contains("| live heap, KiB, by idle queues | 1,000: 2,000; 2,000: 4,000; 4,000: 12,000 |"),
                model);
        assertTrue(model.contains("| 2.000; 4.000 |"), model);
    }

    @Test
    void oneNumberIsNoModel() {
        assertEquals(
                2,
                new Model(Stream.of("gatepost\t1000\t1\tdrain\theap_kib\t2000"))
                        .markdown()
                        .lines()
                        .count());
    }
}
