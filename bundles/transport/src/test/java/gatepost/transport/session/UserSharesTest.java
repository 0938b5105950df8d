package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.transport.connector.UserLimits;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UserSharesTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final UserShares users = new UserShares(channel.eventLoop());

    @Test
    void sessionsOfOneUserShareWhatTheUserMayHave() throws Refusal {
        Holding first = session("alice");
        Holding second = session("alice");
        first.subscribe();
        second.subscribe();
        assertEquals(
                "subscriptions.per.user",
                assertThrows(Refusal.class, second::subscribe).limit().orElseThrow());
        session("bob").subscribe();
        first.makeTemporary();
        assertEquals(
                "temporary.per.user",
                assertThrows(Refusal.class, second::makeTemporary).limit().orElseThrow());
        first.unsubscribe();
        second.subscribe();
    }

    @Test
    void aSessionThatEndsGivesAllOfItBack() throws Refusal {
        Holding first = session("alice");
        Holding second = session("alice");
        first.subscribe();
        first.subscribe();
        first.makeTemporary();
        first.end();
        first.end();
        second.subscribe();
        second.subscribe();
        second.makeTemporary();
        second.end();
        assertEquals(0, users.size());
    }

    @Test
    void unfinishedFramesAreCountedOverAllSessionsAndGivenBackAsTheyAreFinished() throws Refusal {
        Holding first = session("alice");
        Holding second = session("alice");
        first.keepUnfinished(60_000);
        second.keepUnfinished(40_000);
        assertEquals(
                "unfinished.per.user",
                assertThrows(Refusal.class, () -> second.keepUnfinished(40_001))
                        .limit()
                        .orElseThrow());
        first.keepUnfinished(0);
        second.keepUnfinished(100_000);
        second.end();
        first.keepUnfinished(100_000);
        session("bob").keepUnfinished(100_000);
    }

    @Test
    void oneThatEndedBeforeItsUserWasKnownTakesNothing() {
        Holding late = new Holding(users, new UserLimits(2, 1, 1000, 100_000));
        late.end();
        late.join("alice");
        assertEquals(0, users.size());
    }

    @Test
    void whoComesBackStillOwesWhatTheySentTooFast() {
        channel.freezeTime();
        Holding first = session("alice");
        first.share().orElseThrow().messages.take(5, 1, 1, System.nanoTime());
        first.end();
        assertEquals(1, users.size());

        assertTrue(session("alice").share().orElseThrow().owed() > 0);
    }

    @Test
    void nobodyIsRememberedForLongerThanTheyOwe() throws InterruptedException {
        channel.freezeTime();
        Holding first = session("alice");
        UserShare share = first.share().orElseThrow();
        share.messages.take(1, 20, 1, System.nanoTime());
        first.end();
        assertEquals(1, users.size());
        while (share.owed() > 0) {
            Thread.onSpinWait();
        }
        channel.advanceTimeBy(1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertEquals(0, users.size());
    }

    private Holding session(String user) {
        Holding holding = new Holding(users, new UserLimits(2, 1, 1000, 100_000));
        holding.join(user);
        return holding;
    }
}
