package gatepost.events.waiting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.events.EventType;
import gatepost.events.FakeReceiver;
import gatepost.events.World;
import gatepost.events.feed.NotTaken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UndeliveredTest {

    private World world = new World();
    private FakeReceiver app;
    private Undelivered undelivered;
    private Duration after = Duration.ofHours(1);

    UndeliveredTest() {
        begin();
    }

    private void begin() {
        undelivered = new Undelivered(world.feed, world::records, world.worker(), world.clocks, () -> world.limits);
        undelivered.start();
        app = receiver("app");
        world.feed.subscribe(app);
        undelivered.look();
        world.run();
    }

    private FakeReceiver receiver(String name) {
        FakeReceiver made = new FakeReceiver(name);
        made.types = EnumSet.of(EventType.MESSAGE_UNDELIVERED);
        made.after = after;
        return made;
    }

    private void restart(Duration later) {
        world = world.killed(later);
        begin();
    }

    private static List<Long> offsets(FakeReceiver receiver) {
        return receiver.taken.stream()
                .map(event -> Long.valueOf(event.json().replaceAll(".*\"offset\":([0-9]+).*", "$1")))
                .toList();
    }

    @Test
    void aMessageThatWaitsIsToldOnceWhenItHasWaitedForLongEnough() {
        world.seconds(5);
        long offset = world.records.message("alice");
        world.pass(after.minusMillis(1));
        assertEquals(List.of(), app.asked);
        world.pass(after.dividedBy(50).plusMillis(1));
        assertEquals(List.of(offset), offsets(app));
        assertTrue(
                app.taken
                        .get(0)
                        .json()
                        .contains("\"data\":{\"user\":\"alice\",\"destination\":\"/queue/user.alice\",\"epoch\":\"e\","
                                + "\"offset\":1,\"sent\":" + (World.START + 5000)),
                app.taken.get(0).json());
        world.pass(Duration.ofHours(50));
        assertEquals(1, app.asked.size());
        assertEquals(List.of(), world.records.names());
    }

    @Test
    void ofWhatIsDoneNothingIsTold() {
        long done = world.records.message("alice");
        long doneLater = world.records.message("alice");
        long waits = world.records.message("alice");
        world.pass(Duration.ofMinutes(30));
        world.records.done(done);
        app.answer = event -> NotTaken.because("status 500", (Duration) null);
        world.pass(Duration.ofMinutes(32));
        assertTrue(app.asked.size() > 0);
        world.records.done(doneLater);
        app.answer = event -> null;
        world.pass(Duration.ofMinutes(10));
        assertEquals(List.of(waits), offsets(app), "and not what was done after it was written down");
        assertEquals(List.of(), world.records.names());
    }

    @Test
    void whoBeginsIsToldOfWhatComesFromThenOn() {
        world.records.message("alice");
        world.pass(Duration.ofMinutes(50));
        FakeReceiver late = receiver("late");
        world.feed.subscribe(late);
        undelivered.look();
        world.run();
        long offset = world.records.message("bob");
        world.pass(Duration.ofHours(2));
        assertEquals(List.of(offset), offsets(late));
        assertEquals(List.of(1L, offset), offsets(app));
    }

    @Test
    void eachIsToldByItsOwnTime() {
        FakeReceiver soon = receiver("soon");
        soon.after = Duration.ofSeconds(10);
        world.feed.subscribe(soon);
        undelivered.look();
        world.seconds(1);
        world.records.message("alice");
        world.seconds(12);
        assertEquals(1, soon.taken.size());
        assertEquals(0, app.taken.size());
        world.pass(Duration.ofMinutes(62));
        assertEquals(1, app.taken.size());
        assertEquals(1, soon.taken.size());
    }

    @Test
    void aStartForgetsNothingAndMakesNothingEarly() {
        world.seconds(90);
        world.records.message("alice");
        world.seconds(180);
        restart(Duration.ofMinutes(10));
        world.records.message("bob");
        world.pass(Duration.ofMinutes(46));
        assertEquals(List.of(), app.asked);
        world.pass(Duration.ofMinutes(3));
        assertEquals(List.of(1L), offsets(app));
        world.pass(Duration.ofMinutes(13));
        assertEquals(List.of(1L, 2L), offsets(app));
    }

    @Test
    void aStartLongAfterFindsWhatWaitedMeanwhile() {
        world.records.message("alice");
        world.seconds(120);
        restart(Duration.ofHours(5));
        world.seconds(5);
        assertEquals(List.of(1L), offsets(app));
    }

    @Test
    void whoWasAwayForLongerThanEventsAreKeptBeginsAnew() {
        world.records.message("alice");
        world.seconds(120);
        restart(Duration.ofDays(4));
        world.pass(Duration.ofHours(3));
        assertEquals(List.of(), app.asked);
        world.records.message("alice");
        world.pass(Duration.ofHours(2));
        assertEquals(List.of(2L), offsets(app));
    }

    @Test
    void aCrashBetweenTheNotesAndThePositionLosesNoneAndRepeatsUnderTheSameId() {
        for (int records = 0; records < 14; records++) {
            world = new World();
            begin();
            for (int i = 0; i < 5; i++) {
                world.records.message("user" + i);
            }
            world.pass(after.minusSeconds(60));
            app.answer = event -> null;
            world.records.until = records;
            world.pass(Duration.ofMinutes(5));
            Set<String> ids = new HashSet<>();
            app.taken.forEach(event -> ids.add(event.id()));
            restart(Duration.ofSeconds(10));
            world.pass(Duration.ofMinutes(10));
            app.taken.forEach(event -> ids.add(event.id()));
            assertEquals(5, ids.size(), "with " + records + " records");
        }
    }

    @Test
    void thePositionIsNotAdvancedBeforeAllNotesAreSafe() {
        world.records.message("alice");
        world.pass(after.minusSeconds(30));
        world.records.stuck = true;
        world.pass(Duration.ofMinutes(5));
        assertEquals(0L, undelivered.told("app").orElseThrow());
        world.records.unstick();
        world.seconds(1);
        assertEquals(1L, undelivered.told("app").orElseThrow());
        assertEquals(List.of(1L), offsets(app));
    }

    @Test
    void aClockThatIsSetMakesNoneEarly() {
        for (long hours : new long[] {-5, 5}) {
            world = new World();
            begin();
            world.seconds(100);
            world.records.message("alice");
            world.pass(Duration.ofMinutes(20));
            world.setClock(Duration.ofHours(hours));
            world.records.message("bob");
            world.pass(Duration.ofMinutes(39));
            assertEquals(List.of(), app.asked);
            world.setClock(Duration.ofHours(-hours));
            world.pass(Duration.ofMinutes(5));
            assertEquals(List.of(1L), offsets(app));
            world.pass(Duration.ofMinutes(18));
            assertEquals(List.of(1L, 2L), offsets(app));
        }
    }

    @Test
    void noneEarlyNoneMissedNoneTwiceHoweverOftenItStarts() {
        Random random = new Random(3);
        after = Duration.ofMinutes(10);
        world = new World();
        begin();
        List<Long> told = new ArrayList<>();
        Set<Long> done = new HashSet<>();
        List<Long> came = new ArrayList<>();
        int seen = 0;
        for (int i = 0; i < 400; i++) {
            long offset = world.records.message("user" + random.nextInt(10));
            came.add(world.millis());
            if (random.nextInt(3) == 0) {
                done.add(offset);
                world.records.done(offset);
            }
            world.pass(Duration.ofSeconds(1 + random.nextInt(60))); // what was told is forgotten within a second
            for (long one : offsets(app).subList(seen, app.taken.size())) {
                long waited = world.millis() - came.get((int) one - 1);
                assertTrue(waited >= after.toMillis(), one + " early");
                told.add(one);
            }
            seen = app.taken.size();
            if (random.nextInt(20) == 0) {
                restart(Duration.ofSeconds(random.nextInt(100)));
                seen = 0;
            }
        }
        world.pass(Duration.ofMinutes(11));
        told.addAll(offsets(app).subList(seen, app.taken.size()));
        assertEquals(new HashSet<>(told).size(), told.size(), "told twice");
        for (long offset = 1; offset <= 400; offset++) {
            assertEquals(!done.contains(offset), told.contains(offset), "message " + offset);
        }
    }
}
