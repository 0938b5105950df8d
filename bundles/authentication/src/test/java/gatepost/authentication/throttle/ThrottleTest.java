package gatepost.authentication.throttle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.authentication.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration MEMORY = Duration.ofMinutes(10);

    private final TestClock clock = new TestClock();
    private final Throttle throttle = new Throttle(new ThrottleRules(3, 5, LONGEST, MEMORY), clock);

    private void fail(int times, String user, String address) {
        for (int i = 0; i < times; i++) {
            throttle.failed(user, address);
        }
    }

    private Duration waitOf(String user, String address) {
        return throttle.wait(user, address);
    }

    @Test
    void fewFailuresAreFree() {
        fail(2, "alice", "here");
        assertEquals(Duration.ZERO, waitOf("alice", "here"));
    }

    @Test
    void anAddressThatGuessesAtManyUsersWaits() {
        fail(1, "alice", "here");
        fail(1, "bob", "here");
        fail(1, "carol", "here");
        assertEquals(Duration.ofSeconds(1), waitOf("dave", "here"));
        assertEquals(Duration.ZERO, waitOf("dave", "elsewhere"));
    }

    @Test
    void eachFurtherFailureDoublesTheWaitUpToTheLongest() {
        fail(4, "alice", "here");
        assertEquals(Duration.ofSeconds(2), waitOf("bob", "here"));
        fail(2, "alice", "here");
        assertEquals(Duration.ofSeconds(8), waitOf("bob", "here"));
        fail(100, "alice", "here");
        assertEquals(LONGEST, waitOf("bob", "here"));
    }

    @Test
    void waitingHelps() {
        fail(3, "alice", "here");
        clock.advance(Duration.ofSeconds(1));
        assertEquals(Duration.ZERO, waitOf("alice", "here"));
    }

    @Test
    void aUserGuessedAtFromManyAddressesWaitsAtNewOnes() {
        for (int i = 0; i < 5; i++) {
            fail(1, "alice", "address " + i);
        }
        assertTrue(waitOf("alice", "one more").compareTo(Duration.ZERO) > 0);
        assertEquals(Duration.ZERO, waitOf("bob", "one more"));
    }

    @Test
    void nobodyCanLockAUserOutOfAnAddressThatSheIsKnownAt() {
        throttle.succeeded("alice", "office");
        fail(50, "alice", "attacker");
        fail(50, "bob", "office");
        assertEquals(Duration.ZERO, waitOf("alice", "office"));
    }

    @Test
    void guessingFromAnAddressThatTheUserIsKnownAtIsSlowedDownToo() {
        throttle.succeeded("alice", "office");
        fail(3, "alice", "office");
        assertEquals(Duration.ofSeconds(1), waitOf("alice", "office"));
    }

    @Test
    void anAttackersOwnAccountWinsNoAttemptsAtOthers() {
        fail(3, "alice", "here");
        throttle.succeeded("mallory", "here");
        assertEquals(Duration.ofSeconds(1), waitOf("alice", "here"));
    }

    @Test
    void badTokensCountForTheirAddress() {
        throttle.failed("here");
        throttle.failed("here");
        throttle.failed("here");
        assertEquals(Duration.ofSeconds(1), waitOf("alice", "here"));
    }

    @Test
    void anAttemptCountsBeforeItIsCheckedAndIsGivenBackWhenItWasRight() {
        for (int i = 0; i < 3; i++) {
            assertEquals(Duration.ZERO, throttle.begin("alice", "here"));
        }
        assertEquals(Duration.ofSeconds(1), throttle.begin("alice", "here"));
        throttle.right("alice", "here");
        assertEquals(Duration.ZERO, throttle.begin("bob", "here"));
        assertEquals(Duration.ofSeconds(1), throttle.begin("carol", "here"));
        throttle.giveBack("bob", "here");
        assertEquals(Duration.ZERO, throttle.begin("carol", "here"));
    }

    @Test
    void anAttemptOfAKnownUserThatCouldNotBeCheckedIsGivenBack() {
        throttle.succeeded("alice", "here");
        for (int i = 0; i < 10; i++) {
            assertEquals(Duration.ZERO, throttle.begin("alice", "here"));
            throttle.giveBack("alice", "here");
        }
        assertTrue(throttle.isKnown("alice", "here"));
    }

    @Test
    void noMoreOutcomesAreToldThanMayFail() {
        for (int i = 0; i < 3; i++) {
            assertEquals(Duration.ZERO, throttle.settle("alice", "here", false));
        }
        assertEquals(Duration.ofSeconds(1), throttle.settle("alice", "here", true));
        assertFalse(throttle.isKnown("alice", "here"));
        clock.advance(Duration.ofSeconds(1));
        assertEquals(Duration.ZERO, throttle.settle("alice", "here", true));
        assertTrue(throttle.isKnown("alice", "here"));
    }

    @Test
    void countingBeginsAnewAfterAWhile() {
        fail(6, "alice", "here");
        clock.advance(MEMORY.plusSeconds(1));
        fail(1, "alice", "here");
        assertEquals(Duration.ZERO, waitOf("alice", "here"));
    }

    @Test
    void changedRulesKeepWhatWasCounted() {
        fail(2, "alice", "here");
        throttle.rules(new ThrottleRules(2, 5, LONGEST, MEMORY));
        fail(1, "bob", "here");
        assertEquals(Duration.ofSeconds(2), waitOf("carol", "here"));
    }
}
