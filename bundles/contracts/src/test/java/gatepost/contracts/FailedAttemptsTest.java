package gatepost.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailedAttemptsTest {

    private static final int FREE = 3;
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration MEMORY = Duration.ofMinutes(10);

    private Instant now = Instant.parse("2026-11-28T10:00:00Z");
    private final FailedAttempts<String> attempts = new FailedAttempts<>(100, () -> now);

    private void fail(String key, int times) {
        for (int i = 0; i < times; i++) {
            attempts.failed(key, MEMORY);
        }
    }

    private long seconds(String key) {
        return attempts.wait(key, FREE, LONGEST).toSeconds();
    }

    @Test
    void someAreFreeThenEachMakesTheNextWaitTwiceAsLongUpToTheLongest() {
        fail("alice", 2);
        assertEquals(0, seconds("alice"));
        for (long expected : new long[] {1, 2, 4, 8, 16, 30, 30}) {
            fail("alice", 1);
            assertEquals(expected, seconds("alice"));
            now = now.plusSeconds(expected);
            assertEquals(0, seconds("alice"));
        }
        fail("alice", 100);
        assertEquals(30, seconds("alice"));
    }

    @Test
    void onesFailuresAreNotAnothers() {
        fail("mallory", 5);
        assertEquals(0, seconds("alice"));
    }

    @Test
    void countingBeginsAnewAfterAWhile() {
        fail("alice", 6);
        now = now.plus(MEMORY).plusSeconds(1);
        fail("alice", 1);
        assertEquals(0, seconds("alice"));
    }

    @Test
    void oneThatIsGivenBackCountsNoMoreAndMakesNoWaitShorter() {
        fail("alice", 3);
        attempts.giveBack("alice");
        assertEquals(0, seconds("alice"));
        fail("alice", 3);
        assertEquals(4, seconds("alice"));
        attempts.giveBack("alice");
        assertEquals(4, seconds("alice"));
        now = now.plusSeconds(4);
        fail("alice", 1);
        assertEquals(4, seconds("alice"));
    }

    @Test
    void otherRulesHoldAtOnce() {
        fail("alice", 3);
        assertEquals(2, attempts.wait("alice", 2, LONGEST).toSeconds());
        assertEquals(1, attempts.wait("alice", 2, Duration.ofSeconds(1)).toSeconds());
        assertEquals(0, attempts.wait("alice", 4, LONGEST).toSeconds());
    }

    @Test
    void whatIsClearedHasNoFailuresAndIsRemembered() {
        assertFalse(attempts.remembers("alice"));
        fail("alice", 5);
        attempts.clear("alice");
        assertEquals(0, seconds("alice"));
        assertTrue(attempts.remembers("alice"));
    }

    @Test
    void whatIsInUseIsRememberedAndTheRestForgotten() {
        attempts.clear("alice");
        for (int i = 0; i < 1000; i++) {
            fail("name " + i, 1);
            seconds("alice");
        }
        assertTrue(attempts.remembers("alice"));
        assertFalse(attempts.remembers("name 900"));
        assertTrue(attempts.remembers("name 901"));
    }
}
