package gatepost.console.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.console.ConsoleSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SignInThrottleTest {

    private static final ConsoleSettings.Throttle RULES = new ConsoleSettings.Throttle(3, Duration.ofSeconds(30));

    private final TestClock clock = new TestClock();
    private final SignInThrottle throttle = new SignInThrottle(clock);

    private long seconds(String user) {
        return throttle.wait(user, RULES).toSeconds();
    }

    private void fail(String user, int times) {
        for (int i = 0; i < times; i++) {
            throttle.failed(user);
        }
    }

    @Test
    void someFailuresAreFreeThenEachMakesTheNextWaitTwiceAsLong() {
        fail("admin", 2);
        assertEquals(0, seconds("admin"));
        for (long expected : new long[] {1, 2, 4, 8, 16, 30, 30}) {
            fail("admin", 1);
            assertEquals(expected, seconds("admin"));
            clock.advance(Duration.ofSeconds(expected));
            assertEquals(0, seconds("admin"));
        }
    }

    @Test
    void onesFailuresAreNotAnothers() {
        fail("mallory", 5);
        assertTrue(seconds("mallory") > 0);
        assertEquals(0, seconds("admin"));
    }

    @Test
    void manyNamesTogetherAreSlowedDownToo() {
        for (int i = 0; i < 30; i++) {
            fail("name" + i, 1);
        }
        assertEquals(1, seconds("admin"));
    }

    @Test
    void whoGetsInBeginsAnewAndSoDoesWhoStops() {
        fail("admin", 3);
        throttle.succeeded("admin");
        assertEquals(0, seconds("admin"));
        fail("admin", 5);
        clock.advance(Duration.ofMinutes(11));
        fail("admin", 1);
        assertEquals(0, seconds("admin"));
    }

    @Test
    void itRemembersNoMoreNamesThanItHasRoomFor() {
        fail("admin", 3);
        for (int i = 0; i < 2000; i++) {
            fail("name" + i, 1);
        }
        // the many names have their price, which is longer than what was forgotten
        assertEquals(30, seconds("admin"));
    }
}
