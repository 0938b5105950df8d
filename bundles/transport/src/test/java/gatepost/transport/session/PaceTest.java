package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Pace pace = new Pace(0);

    @Test
    void aBurstMayComeAtOnceAndWhatIsAboveItIsWaitedFor() {
        assertEquals(0, pace.take(50, 10, 5, 0));
        assertEquals(SECOND, pace.take(10, 10, 5, 0));
        assertEquals(SECOND / 2, pace.take(5, 10, 5, SECOND));
    }

    @Test
    void aSilenceIsWorthABurstAndNoMore() {
        pace.take(50, 10, 5, 0);
        assertEquals(0, pace.take(50, 10, 5, 100 * SECOND));
        assertTrue(pace.take(1, 10, 5, 100 * SECOND) > 0);
    }

    @Test
    void whoKeepsToTheRateNeverWaits() {
        for (int second = 0; second < 100; second++) {
            assertTrue(pace.take(10, 10, 1, second * SECOND) <= 0);
        }
    }

    @Test
    void withoutARateNobodyWaitsAndNothingIsOwed() {
        assertEquals(0, pace.take(1_000_000, 0, 1, 0));
        assertEquals(0, pace.owed(0));
    }

    @Test
    void whatIsOwedIsPaidByTime() {
        pace.take(20, 10, 5, 0);
        assertEquals(2 * SECOND, pace.owed(0));
        assertEquals(0, pace.owed(2 * SECOND));
    }
}
