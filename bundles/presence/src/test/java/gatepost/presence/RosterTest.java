package gatepost.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RosterTest {

    private static final long GRACE = TimeUnit.SECONDS.toMillis(World.GRACE);

    private World world = new World();

    @Test
    void somebodyIsOnLineFromTheFirstSessionUntilTheGraceAfterTheLast() {
        world.in("alice").in("alice").out("alice");
        world.pass(2 * GRACE);
        assertEquals(List.of("+alice"), world.news());

        world.out("alice");
        world.pass(GRACE - 1);
        assertEquals(List.of(), world.news());
        assertEquals(1, world.roster.online());
        world.pass(1);
        assertEquals(List.of("-alice"), world.news());
        assertEquals(0, world.roster.online());
        assertEquals(OptionalLong.of(World.START + 2 * GRACE), world.lastSeen("alice"));
    }

    @Test
    void aReloadIsNoChange() {
        world.in("alice");
        for (int i = 0; i < 10; i++) {
            world.pass(GRACE);
            world.out("alice");
            world.pass(GRACE - 1);
            world.in("alice");
        }
        assertEquals(List.of("+alice"), world.news());
    }

    @Test
    void theGraceBeginsAnewWithEachEnd() {
        world.in("alice").in("bob").out("alice");
        world.pass(GRACE - 1);
        world.in("alice").out("alice").out("bob");
        world.pass(GRACE - 1);
        assertEquals(List.of("+alice", "+bob"), world.news());
        world.pass(1);
        assertEquals(List.of("-alice", "-bob"), world.news());
    }

    @Test
    void anotherGraceHoldsForWhoHasLeft() {
        world.in("alice").out("alice");
        world.pass(1_000);
        world.roster.grace(TimeUnit.SECONDS.toNanos(1));
        assertEquals(List.of("+alice", "-alice"), world.news());
    }

    @Test
    void aClockThatIsSetTakesNobodyOffLine() {
        world.in("alice").out("alice");
        world.setClock(TimeUnit.DAYS.toMillis(1));
        world.pass(GRACE - 1);
        assertEquals(List.of("+alice"), world.news());
    }

    @Test
    void whoWasOnLineStaysSoThroughAKillUntilTheGraceHasEnded() {
        world.in("alice").in("bob").in("carol").out("carol");
        world.pass(GRACE / 2);
        world = world.killed(3_600);
        assertEquals(3, world.roster.online());
        assertEquals(
                OptionalLong.of(World.START), world.people.find("alice").state().since());

        world.in("alice");
        world.pass(GRACE - 1);
        assertEquals(List.of(), world.news());
        world.pass(1);
        assertEquals(Set.of("-bob", "-carol"), new HashSet<>(world.news()));
        assertEquals(
                OptionalLong.of(World.START), world.people.find("alice").state().since());
    }

    @Test
    void whoSignsInBeforeItIsKnownWhoWasOnLineIsNotedThen() {
        world.in("alice");
        world.forget("alice");
        FakeWatcher early = world.watch(FakeWatcher.of("bob"));
        early.told();
        world.roster.recovered(Map.of("bob", 17L));
        assertEquals(List.of("{\"user\":\"bob\",\"online\":true,\"since\":17}"), early.told());
        assertEquals(Set.of("alice"), world.online().keySet());
        world.pass(GRACE);
        assertEquals(List.of("+alice", "-bob"), world.news());
    }

    @Test
    void nobodyIsSaidToBeOnLineOfWhomAKillWouldLeaveNoTrace() {
        world.stuck(true);
        world.in("alice");
        assertEquals(List.of(), world.news());
        assertEquals(0, world.killed(1).roster.online());
        world.stuck(false);
        assertEquals(List.of("+alice"), world.news());
        assertEquals(1, world.killed(1).roster.online());
    }

    @Test
    void whoIsGoneBeforeTheDiskHadThemComesAndGoesOnce() {
        world.stuck(true);
        world.in("alice").out("alice");
        world.pass(2 * GRACE);
        world.in("alice").out("alice");
        world.pass(2 * GRACE);
        assertEquals(List.of(), world.news());
        world.stuck(false);
        world.pass(GRACE);
        assertEquals(List.of("+alice", "-alice"), world.news());
    }

    @Test
    void whenAuthenticationGoesAllSessionsDo() {
        world.in("alice").in("alice").in("bob");
        world.roster.allSignedOut();
        world.out("alice");
        world.in("bob");
        world.pass(GRACE);
        assertEquals(List.of("+alice", "+bob", "-alice"), world.news());
    }

    @Test
    void aSessionThatNobodySawBeginIsNoneThatEnds() {
        world.out("alice");
        world.pass(2 * GRACE);
        assertEquals(List.of(), world.news());
    }

    @Test
    void whoIsGoneTakesNoMemory() {
        for (int i = 0; i < 100; i++) {
            world.in("u" + i).out("u" + i);
        }
        assertEquals(100, world.roster.online());
        world.pass(GRACE);
        assertFalse(world.people.all().iterator().hasNext());
        assertNull(world.people.find("u1"));
    }

    /** A model: for each user whether they were without a session for as long as the grace, at any time, kills included. */
    @Test
    void whateverHappensTheNewsAreThoseOfTheModel() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int users = 5;
        Map<String, Integer> sessions = new HashMap<>();
        Map<String, Long> left = new HashMap<>();
        Set<String> there = new HashSet<>();
        for (int step = 0; step < 20_000; step++) {
            List<String> expected = new ArrayList<>();
            String user = "u" + random.nextInt(users);
            int what = random.nextInt(100);
            if (what < 30) {
                sessions.merge(user, 1, Integer::sum);
                left.remove(user);
                world.in(user);
                if (there.add(user)) {
                    expected.add("+" + user);
                }
            } else if (what < 65) {
                if (sessions.merge(user, 0, Integer::sum) > 0 && sessions.merge(user, -1, Integer::sum) == 0) {
                    left.put(user, world.now());
                }
                world.out(user);
            } else if (what < 99) {
                long millis = random.nextLong(GRACE);
                world.pass(millis);
            } else {
                world = world.killed(random.nextLong(100));
                sessions.clear();
                long now = world.now();
                there.forEach(one -> left.put(one, now));
            }
            long now = world.now();
            for (String one : List.copyOf(there)) {
                if (left.containsKey(one) && now - left.get(one) >= GRACE) {
                    left.remove(one);
                    there.remove(one);
                    expected.add("-" + one);
                }
            }
            int at = step;
            assertEquals(new HashSet<>(expected), new HashSet<>(world.news()), () -> "step " + at + " of seed " + seed);
            assertEquals(there.size(), world.roster.online());
        }
        assertTrue(world.messages.made() == 0, "nobody watches, and no message is made");
    }
}
