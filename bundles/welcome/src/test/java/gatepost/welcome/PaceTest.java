package gatepost.welcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final Pace pace = new Pace(0);

    private int sendAllThatMayGoAt(long now) {
        int sent = 0;
        while (pace.waitAt(now) <= 0) {
            pace.sent(now);
            sent++;
        }
        return sent;
    }

    @Test
    void soManyGoOutInASecondAndNoMore() {
        pace.change(100, 1000, 0);
        int sent = 0;
        for (long now = 0; now < 1000 * MILLI; now += MILLI) {
            sent += sendAllThatMayGoAt(now);
        }
        assertTrue(sent >= 99 && sent <= 102, () -> "not about 100");
    }

    @Test
    void pauseIsNotMadeUpForByABurst() {
        pace.change(100, 1000, 0);
        sendAllThatMayGoAt(0);
        assertTrue(sendAllThatMayGoAt(60_000 * MILLI) <= 2);
    }

    @Test
    void noMoreThanSoManyAreInFlight() {
        pace.change(10_000, 3, 0);
        for (long now = 0; now < 100 * MILLI; now += MILLI) {
            sendAllThatMayGoAt(now);
        }
        assertEquals(Pace.UNTIL_BACK, pace.waitAt(100 * MILLI));
        pace.succeeded();
        assertTrue(pace.waitAt(100 * MILLI) <= 0);
    }

    @Test
    void afterAFailureOneIsTriedAtATimeAfterAPauseUntilOneSucceeds() {
        pace.change(10_000, 3, 0);
        pace.sent(0);
        pace.sent(0);
        pace.failed(MILLI);
        assertEquals(Pace.UNTIL_BACK, pace.waitAt(2000 * MILLI));
        pace.failed(MILLI);
        assertEquals(1000 * MILLI, pace.waitAt(MILLI));
        assertEquals(1, sendAllThatMayGoAt(1001 * MILLI));
        pace.succeeded();
        assertTrue(pace.waitAt(1002 * MILLI) <= 0);
        pace.sent(1002 * MILLI);
        assertTrue(pace.waitAt(1003 * MILLI) <= 0);
    }

    @Test
    void newLimitsHoldAtOnce() {
        pace.change(1, 1, 0);
        pace.sent(0);
        pace.failed(0);
        pace.change(10_000, 5, MILLI);
        assertTrue(pace.waitAt(MILLI) <= 0);
    }
}
