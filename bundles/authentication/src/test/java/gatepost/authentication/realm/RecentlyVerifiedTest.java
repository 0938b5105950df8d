package gatepost.authentication.realm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentlyVerifiedTest {

    private final AtomicLong now = new AtomicLong();
    private final RecentlyVerified verified = new RecentlyVerified(now::get);

    private boolean contains(String user, String password, String against) {
        return verified.groups(user, password, against).isPresent();
    }

    private void add(String user, String password) {
        verified.add(user, password, "stored", Set.of("users"), verified.begin());
    }

    @Test
    void onlyTheSameUserPasswordAndStoredFormIsKnownAgain() {
        add("ab", "c");
        assertEquals(Optional.of(Set.of("users")), verified.groups("ab", "c", "stored"));
        assertFalse(contains("a", "bc", "stored"));
        assertFalse(contains("ab", "C", "stored"));
        assertFalse(contains("ab", "c", "other"));
        assertTrue(contains("ab", "c", "stored"), "whoever guesses has nothing forgotten");
    }

    @Test
    void theLastRightPasswordOfAUserIsKnown() {
        add("ab", "c");
        add("ab", "d");
        assertFalse(contains("ab", "c", "stored"));
        assertTrue(contains("ab", "d", "stored"));
    }

    @Test
    void aMinuteLaterNothingIsLeft() {
        add("ab", "c");
        now.addAndGet(TimeUnit.SECONDS.toNanos(60) - 1);
        assertTrue(contains("ab", "c", "stored"));
        now.incrementAndGet();
        assertFalse(contains("ab", "c", "stored"));
    }

    @Test
    void whatIsForgottenIsCheckedAnewEvenIfItsCheckIsUnderWay() {
        add("ab", "c");
        add("other", "c");
        long begun = verified.begin();
        verified.forget("ab");
        verified.add("ab", "c", "stored", Set.of(), begun);
        assertFalse(contains("ab", "c", "stored"));
        assertTrue(contains("other", "c", "stored"));
        add("ab", "c");
        assertTrue(contains("ab", "c", "stored"));
    }

    @Test
    void itsMemoryIsBounded() {
        add("first", "c");
        for (int i = 0; i < 10_000; i++) {
            add("user " + i, "c");
        }
        assertFalse(contains("first", "c", "stored"));
        assertTrue(contains("user 9999", "c", "stored"));
    }
}
