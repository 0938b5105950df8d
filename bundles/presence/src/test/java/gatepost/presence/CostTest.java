package gatepost.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What users take of the heap, beside their names, which their sessions have as well. */
class CostTest {

    private static final int USERS = 100_000;

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private long nanos;
    private final People people = new People();
    private final Roster roster = new Roster(
            people,
            new SeenRecords(() -> null, () -> null, tasks::add),
            new Nobody(),
            (task, wait) -> tasks.add(task),
            InstantSource.system(),
            () -> nanos);

    @Test
    void whoIsOnLineTakesBytesAndWhoIsGoneNone() {
        roster.grace(TimeUnit.SECONDS.toNanos(15));
        List<String> names =
                IntStream.range(0, USERS).mapToObj(i -> "user-" + i).toList();
        long before = used();
        names.forEach(name -> {
            roster.signedIn(name);
            run();
        });
        long online = used() - before;
        assertEquals(USERS, roster.online());
        names.forEach(roster::signedOut);
        long leaving = used() - before;
        nanos += TimeUnit.SECONDS.toNanos(15);
        roster.grace(TimeUnit.SECONDS.toNanos(15));
        tasks.clear();
        assertEquals(0, roster.online());
        long gone = used() - before;

        String figures = online / USERS + " bytes for who is on line, " + leaving / USERS + " in the grace, "
                + gone / (double) USERS + " once gone";
        assertTrue(online < 120L * USERS, figures);
        assertTrue(leaving < 200L * USERS, figures);
        assertTrue(gone < 5L * USERS, figures);
        assertEquals(names.size(), USERS);
    }

    @Test
    void aWildcardThatDoesNotReadTakesABitForEach() {
        Watches watches = new Watches(people, roster::watched, new StateMessages(InstantSource.system()), tasks::add);
        for (int i = 0; i < USERS; i++) {
            roster.signedIn("user-" + i);
            run();
        }
        List<FakeWatcher> slow = IntStream.range(0, 100)
                .mapToObj(i -> FakeWatcher.of(">").room(0))
                .toList();
        long before = used();
        slow.forEach(watches::watch);
        long each = (used() - before) / slow.size();
        assertTrue(each < USERS / 2, each + " bytes for one");
        slow.forEach(watches::unwatch);
    }

    private void run() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static final class Nobody implements Roster.News {

        @Override
        public void online(Person person) {
            // nobody wants to know
        }

        @Override
        public void offline(Person person) {
            // nobody wants to know
        }

        @Override
        public void recovered(Person person) {
            // nobody wants to know
        }
    }
}
