package gatepost.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatepost.contracts.QuotaReached;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchLimitsTest {

    private final WatchLimits limits = new WatchLimits();

    @BeforeEach
    void configure() {
        limits.limit(new PresenceSettings(Duration.ZERO, 3, 5, 1, 2));
    }

    @Test
    void aUserWatchesSoManyInAllSubscriptions() throws QuotaReached {
        FakeWatcher first = FakeWatcher.by("alice", "a", "b");
        limits.take(first);
        QuotaReached refused = assertThrows(QuotaReached.class, () -> limits.take(FakeWatcher.by("alice", "c", "d")));
        assertEquals(
                "too much of presence is watched: user alice may watch 3 names of others (names.per.user)",
                refused.getMessage());
        limits.take(FakeWatcher.by("alice", "c"));
        limits.take(FakeWatcher.by("bob", "c"));
        limits.giveBack(first);
        limits.take(FakeWatcher.by("alice", "d", "e"));
        assertEquals(1L, limits.refused().get("names.per.user"));
        assertEquals(4, limits.names());
        assertEquals(3, limits.subscriptions());
    }

    @Test
    void aUserHasSoManyWildcards() throws QuotaReached {
        limits.take(FakeWatcher.by("alice", ">"));
        assertThrows(QuotaReached.class, () -> limits.take(FakeWatcher.by("alice", "a", "b.*")));
        limits.take(FakeWatcher.by("bob", "*"));
        QuotaReached refused = assertThrows(QuotaReached.class, () -> limits.take(FakeWatcher.by("carol", "*")));
        assertEquals(
                "too much of presence is watched: all users together may watch 2 wildcards (wildcards.max)",
                refused.getMessage());
        assertEquals(2, limits.wildcards());
        assertEquals(0, limits.names());
    }

    @Test
    void whoIsTrustedHasNoLimitOfTheirOwnAndIsCountedWithAll() throws QuotaReached {
        limits.take(FakeWatcher.by("app", "a", "b", "c", "d").trusted());
        assertThrows(
                QuotaReached.class,
                () -> limits.take(FakeWatcher.by("app", "e", "f").trusted()));
        assertThrows(QuotaReached.class, () -> limits.take(FakeWatcher.by("bob", "e", "f")));
        limits.take(FakeWatcher.by("bob", "e"));
    }

    @Test
    void noLimitIsNone() throws QuotaReached {
        limits.limit(new PresenceSettings(Duration.ZERO, 0, 0, 0, 0));
        for (int i = 0; i < 10; i++) {
            limits.take(FakeWatcher.by("alice", "a", "b", ">"));
        }
        assertEquals(20, limits.names());
    }

    @Test
    void whatWasRefusedIsGivenBackWithoutHarm() {
        FakeWatcher refused = FakeWatcher.by("alice", "a", "b", "c", "d");
        assertThrows(QuotaReached.class, () -> limits.take(refused));
        limits.giveBack(refused);
        assertEquals(0, limits.names());
    }
}
