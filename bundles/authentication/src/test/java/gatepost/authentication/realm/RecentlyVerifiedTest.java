package gatepost.authentication.realm;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentlyVerifiedTest {

    private final AtomicLong now = new AtomicLong();
    private final RecentlyVerified verified = new RecentlyVerified(now::get);
    private final StoredPassword stored = new StoredPassword("stored");

    @Test
    void onlyTheSameUserPasswordAndStoredFormIsKnownAgain() {
        verified.add("ab", "c", stored);
        assertTrue(verified.contains("ab", "c", stored));
        assertFalse(verified.contains("a", "bc", stored));
        assertFalse(verified.contains("ab", "C", stored));
        assertFalse(verified.contains("ab", "c", new StoredPassword("other")));
    }

    @Test
    void aMinuteLaterNothingIsLeft() {
        verified.add("ab", "c", stored);
        now.addAndGet(TimeUnit.SECONDS.toNanos(60));
        assertFalse(verified.contains("ab", "c", stored));
    }

    @Test
    void itsMemoryIsBounded() {
        verified.add("first", "c", stored);
        for (int i = 0; i < 10_000; i++) {
            verified.add("user " + i, "c", stored);
        }
        assertFalse(verified.contains("first", "c", stored));
        assertTrue(verified.contains("user 9999", "c", stored));
    }
}
