package gatepost.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchesTest {

    private static final long GRACE = TimeUnit.SECONDS.toMillis(World.GRACE);

    private final World world = new World();

    private static String on(String user, long since) {
        return "{\"user\":\"" + user + "\",\"online\":true,\"since\":" + since + "}";
    }

    private static String off(String user, Object since) {
        return "{\"user\":\"" + user + "\",\"online\":false,\"since\":" + since + "}";
    }

    @Test
    void whoeverSubscribesIsToldWhatIsSoAndThenEachChange() {
        FakeWatcher early = world.watch(FakeWatcher.of("alice"));
        assertEquals(List.of(off("alice", "null")), early.told());
        world.in("alice").in("alice");
        assertEquals(List.of(on("alice", World.START)), early.told());

        FakeWatcher late = world.watch(FakeWatcher.of("alice"));
        assertEquals(List.of(on("alice", World.START)), late.told());
        world.out("alice").out("alice");
        world.pass(GRACE);
        assertEquals(List.of(off("alice", World.START)), early.told());
        assertEquals(List.of(off("alice", World.START)), late.told());

        // remembered with the inbox
        world.watches.unwatch(early);
        world.watches.unwatch(late);
        assertNull(world.people.find("alice"));
        assertEquals(
                List.of(off("alice", World.START)),
                world.watch(FakeWatcher.of("alice")).told());
    }

    @Test
    void aChangeIsOneEventHoweverManyLook() {
        List<FakeWatcher> watchers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            watchers.add(world.watch(i % 10 == 0 ? FakeWatcher.of(">") : FakeWatcher.of("alice")));
            watchers.get(i).told();
        }
        long before = world.messages.made();
        world.in("alice");
        assertEquals(1, world.messages.made() - before);
        for (FakeWatcher watcher : watchers) {
            assertSame(watchers.get(0).messages.get(0), watcher.messages.get(0));
            assertEquals(1, watcher.messages.size());
        }
    }

    @Test
    void aWildcardIsToldWhoIsOnLineAndWhoComesAndGoes() {
        world.in("a").in("a.b").in("c.b").in("gone").out("gone");
        world.pass(GRACE);
        assertEquals(
                Set.of(on("a", World.START), on("a.b", World.START), on("c.b", World.START)),
                new HashSet<>(world.watch(FakeWatcher.of(">")).told()));
        FakeWatcher one = world.watch(FakeWatcher.of("*"));
        assertEquals(List.of(on("a", World.START)), one.told());
        FakeWatcher b = world.watch(FakeWatcher.of("*.b"));
        assertEquals(Set.of(on("a.b", World.START), on("c.b", World.START)), new HashSet<>(b.told()));
        FakeWatcher below = world.watch(FakeWatcher.of("a.>"));
        assertEquals(Set.of(on("a", World.START), on("a.b", World.START)), new HashSet<>(below.told()));

        world.out("a.b");
        world.pass(GRACE);
        assertEquals(List.of(off("a.b", World.START + GRACE)), b.told());
        assertEquals(List.of(off("a.b", World.START + GRACE)), below.told());
        assertEquals(List.of(), one.told());
    }

    @Test
    void aNameIsExactDotsAndAll() {
        FakeWatcher a = world.watch(FakeWatcher.of("a"));
        FakeWatcher ab = world.watch(FakeWatcher.of("a.b"));
        a.told();
        ab.told();
        world.in("a.b").in("A").in("a.b.c").in("a..b");
        assertEquals(List.of(), a.told());
        assertEquals(List.of(on("a.b", World.START)), ab.told());
        assertEquals(
                "{\"user\":\"q\\\"\\\\\",\"online\":false,\"since\":null}",
                world.watch(FakeWatcher.of("q\"\\")).told().get(0));
    }

    @Test
    void whoIsNamedTwiceIsToldOnce() {
        FakeWatcher twice = world.watch(FakeWatcher.of("a", "a", "b", "b.>"));
        twice.told();
        world.in("a").in("b");
        assertEquals(List.of(on("a", World.START), on("b", World.START)), twice.told());
    }

    @Test
    void whoDoesNotReadIsToldWhatIsSoOnceTheyDo() {
        FakeWatcher slow = world.watch(FakeWatcher.of("alice", "bob").room(2));
        slow.told();
        world.in("alice").out("alice");
        world.pass(GRACE);
        world.in("bob");
        world.pass(1);
        world.in("alice");
        assertTrue(slow.isAwaited());
        world.watches.room(slow.room(5));
        assertEquals(List.of(on("alice", World.START + GRACE + 1), on("bob", World.START + GRACE)), slow.told());
        world.out("bob");
        world.pass(GRACE);
        assertEquals(1, slow.told().size());
    }

    @Test
    void whatASlowReaderOfAllHasNotReadTakesABitForEach() {
        FakeWatcher slow = world.watch(FakeWatcher.of(">").room(0));
        for (int i = 0; i < 1000; i++) {
            world.in("u" + i);
        }
        for (int i = 0; i < 1000; i++) {
            world.out("u" + i);
        }
        world.pass(GRACE);
        world.in("u7");
        assertEquals(List.of(), slow.told());
        world.watches.room(slow.room(Integer.MAX_VALUE));
        world.run();
        List<String> told = slow.told();
        assertEquals(1000, told.size());
        assertTrue(told.contains(on("u7", World.START + GRACE)));
        assertTrue(told.contains(off("u8", World.START)));
        world.out("u7");
        world.pass(GRACE);
        assertFalse(world.people.all().iterator().hasNext(), "all are told, and nobody is kept");
    }

    @Test
    void othersHaveATurnWhileOneIsToldOfMany() {
        for (int i = 0; i < 200; i++) {
            world.in("u" + i);
        }
        FakeWatcher many = FakeWatcher.of(">");
        world.watches.watch(many);
        assertTrue(many.messages.size() < 200);
        world.run();
        assertEquals(200, many.messages.size());
    }

    @Test
    void whoChangesBeforeTheirTurnHasComeIsToldOfOnce() {
        for (int i = 0; i < 200; i++) {
            world.in("u" + i);
        }
        FakeWatcher many = FakeWatcher.of(">");
        world.watches.watch(many);
        world.roster.signedOut("u199");
        world.roster.grace(0);
        world.run();
        assertEquals(
                List.of(off("u199", World.START)),
                many.told().stream().filter(state -> state.contains("u199")).toList());
    }

    @Test
    void whoUnsubscribesIsToldNothingMoreAndLeavesNothing() {
        FakeWatcher exact = world.watch(FakeWatcher.of("alice", "bob").room(0));
        FakeWatcher wide = world.watch(FakeWatcher.of("a*", ">").room(0));
        world.in("alice").out("alice");
        world.watches.unwatch(exact);
        world.pass(GRACE);
        world.watches.unwatch(wide);
        assertFalse(world.people.all().iterator().hasNext());
        world.watches.room(exact.room(5));
        world.in("bob");
        assertEquals(List.of(), exact.told());
    }

    /** Of every user each reader has in the end what is so, and what it was told of one is in order, whatever it reads and when. */
    @Test
    void statesAndChangesComeInOrderAndTheLastOneIsWhatIsSo() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<FakeWatcher> watchers = new ArrayList<>();
        Map<FakeWatcher, Map<String, String>> known = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            String user = "u" + random.nextInt(20);
            switch (random.nextInt(8)) {
                case 0, 1 -> world.in(user);
                case 2, 3 -> world.out(user);
                case 4 -> world.pass(random.nextLong(GRACE));
                case 5 -> {
                    if (watchers.size() < 10) {
                        FakeWatcher watcher = random.nextBoolean()
                                ? FakeWatcher.of(">").room(random.nextInt(30))
                                : FakeWatcher.of(user, "u1").room(random.nextInt(3));
                        known.put(watcher, new HashMap<>());
                        watchers.add(world.watch(watcher));
                    }
                }
                case 6 -> {
                    if (!watchers.isEmpty()) {
                        FakeWatcher watcher = watchers.get(random.nextInt(watchers.size()));
                        world.watches.room(watcher.room(random.nextInt(10)));
                    }
                }
                default -> {
                    if (watchers.size() > 5) {
                        FakeWatcher gone = watchers.remove(0);
                        world.watches.unwatch(gone);
                        known.remove(gone);
                    }
                }
            }
            world.run();
            known.forEach((watcher, states) -> note(watcher, states, seed));
        }
        watchers.forEach(watcher -> world.watches.room(watcher.room(Integer.MAX_VALUE)));
        world.run();
        known.forEach((watcher, states) -> note(watcher, states, seed));
        for (Person person : world.people.all()) {
            known.forEach((watcher, states) -> {
                if (person.isOnline() && watcher.names().contains(">")
                        || watcher.names().contains(person.name())) {
                    assertEquals(StateMessages.json(person.state()), states.get(person.name()), () -> "seed " + seed);
                }
            });
        }
    }

    private static void note(FakeWatcher watcher, Map<String, String> states, long seed) {
        for (String state : watcher.told()) {
            String user = state.substring(9, state.indexOf('"', 9));
            String before = states.put(user, state);
            assertTrue(before == null || since(before) <= since(state), () -> "seed " + seed + ": " + before + state);
        }
    }

    private static long since(String state) {
        String since = state.substring(state.lastIndexOf(':') + 1, state.length() - 1);
        return since.equals("null") ? 0 : Long.parseLong(since);
    }
}
