package gatepost.events.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.events.EventReport;
import gatepost.contracts.events.EventSubscriber.Told;
import gatepost.contracts.events.EventType;
import gatepost.contracts.events.UserEvent;
import gatepost.events.FakeReceiver;
import gatepost.events.World;
import gatepost.events.feed.SenderStatus.State;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SenderTest {

    private World world = new World();
    private FakeReceiver app = new FakeReceiver("app");
    private Sender sender = subscribed();

    private Sender subscribed() {
        Sender made = world.feed.subscribe(app);
        world.run();
        return made;
    }

    private void restart(Duration later) {
        FakeReceiver next = new FakeReceiver("app");
        next.types = app.types;
        next.answer = app.answer;
        next.target = app.target;
        world = world.killed(later);
        app = next;
        sender = subscribed();
    }

    private static NotTaken failing(Told event) {
        return NotTaken.because("status 500", (Duration) null);
    }

    @Test
    void whatHappensIsToldAndForgotten() {
        world.happens(EventType.SESSION_OPENED, "alice", "1");
        Told told = app.taken.get(0);
        assertEquals("session.opened", told.type());
        assertEquals("alice", told.user());
        assertEquals(
                "{\"type\":\"session.opened\",\"timestamp\":\"2023-11-14T22:13:20.000Z\",\"data\":{\"user\":\"alice\",\"key\":\"1\"}}",
                told.json());
        assertTrue(told.id().matches("evt_[0-9a-f]{32}"));
        assertEquals(List.of(), world.records.names());
        assertEquals(0, sender.status().pending());
        assertEquals(1, sender.status().told());
    }

    @Test
    void nothingIsWrittenOfWhatNobodyWants() {
        app.types = EnumSet.of(EventType.MESSAGE_DONE);
        world.feed.changed();
        assertFalse(world.feed.wants(EventType.SESSION_OPENED));
        assertSame(EventReport.NONE, world.happens(EventType.SESSION_OPENED, "alice", "1"));
        world.happens(EventType.MESSAGE_DONE, "alice", "2");
        assertEquals(List.of("2"), app.keys("alice"));
    }

    @Test
    void nothingIsToldBeforeItIsOnTheDisk() {
        world.records.stuck = true;
        world.happens(EventType.MESSAGE_DONE, "alice", "1");
        world.seconds(60);
        assertEquals(List.of(), app.asked);
        world.records.unstick();
        world.run();
        assertEquals(List.of("1"), app.keys("alice"));
    }

    @Test
    void whatDidNotHappenIsNotTold() {
        EventReport report =
                world.feed.about(new UserEvent(EventType.MESSAGE_DONE, "alice", "1", world.millis(), Map.of()));
        world.happens(EventType.MESSAGE_DONE, "alice", "2");
        assertEquals(List.of(), app.asked, "what comes later waits until it is known what became of it");
        report.dropped();
        world.run();
        assertEquals(List.of("2"), app.keys("alice"));
        assertEquals(0, sender.status().pending());
    }

    @Test
    void theNextOfAUserIsToldWhenTheOneBeforeWasTakenAndOthersMeanwhile() {
        app.slow = true;
        app.atOnce = 2;
        for (String user : List.of("alice", "alice", "bob", "carol")) {
            world.happens(EventType.MESSAGE_DONE, user, "" + app.asked.size());
        }
        assertEquals(List.of("alice", "bob"), app.asked.stream().map(Told::user).toList());
        app.open.get(1).complete(null);
        world.run();
        assertEquals(
                List.of("alice", "bob", "carol"),
                app.asked.stream().map(Told::user).toList());
        app.open.get(0).complete(null);
        world.run();
        assertEquals("alice", app.asked.get(3).user());
    }

    @Test
    void oneThatFailsIsTriedAgainAfterOneSecondDoublingToFiveMinutes() {
        app.answer = SenderTest::failing;
        world.happens(EventType.MESSAGE_DONE, "alice", "1");
        long before = world.millis();
        StringBuilder waits = new StringBuilder();
        for (int i = 0; i < 11; i++) {
            int asked = app.asked.size();
            while (app.asked.size() == asked) {
                world.pass(Duration.ofMillis(125));
            }
            waits.append((world.millis() - before) / 1000.0).append(' ');
            before = world.millis();
        }
        // an eighth less by the chance of this test
        assertEquals("0.875 1.75 3.5 7.0 14.0 28.0 56.0 112.0 224.0 262.5 262.5 ", waits.toString());
        assertEquals(1, app.asked.stream().map(Told::id).distinct().count());
        assertEquals(State.OK, sender.status().state(), "of one user: others are told as ever");
        world.happens(EventType.MESSAGE_DONE, "bob", "2");
        assertEquals("bob", app.asked.get(app.asked.size() - 1).user());
    }

    @Test
    void whoFailsForEverybodyIsAskedForOneAtATimeUntilItTakesOne() {
        app.answer = SenderTest::failing;
        for (int i = 0; i < 100; i++) {
            world.happens(EventType.MESSAGE_DONE, "user" + i, "1");
            world.happens(EventType.MESSAGE_DONE, "user" + i, "2");
        }
        assertEquals(Pace.DOWN_AFTER, app.asked.size());
        assertEquals(State.DOWN, sender.status().state());
        world.pass(Duration.ofHours(1));
        assertTrue(app.asked.size() < Pace.DOWN_AFTER + 24, "asked " + app.asked.size() + " times in an hour");
        app.answer = event -> null;
        world.pass(Duration.ofMinutes(5));
        for (int i = 0; i < 100; i++) {
            assertEquals(List.of("1", "2"), app.keys("user" + i));
        }
        assertEquals(State.OK, sender.status().state());
        assertEquals(200, app.taken.size());
    }

    @Test
    void whoSaysWhenToComeAgainIsLeftAloneUntilThenAtMostAnHour() {
        app.answer = event -> NotTaken.because("status 503", Duration.ofDays(9));
        world.happens(EventType.MESSAGE_DONE, "alice", "1");
        app.answer = event -> null;
        world.happens(EventType.MESSAGE_DONE, "bob", "2");
        world.pass(Duration.ofMinutes(59));
        assertEquals(1, app.asked.size());
        world.pass(Duration.ofMinutes(1));
        assertEquals(2, app.taken.size());
    }

    @Test
    void halfOfAllFailAndEachUserHearsEverythingInOrder() {
        Random random = new Random(1);
        app.answer = event -> random.nextBoolean() ? failing(event) : null;
        for (int i = 0; i < 1000; i++) {
            world.happens(EventType.MESSAGE_DONE, "user" + i % 20, "" + i / 20);
            if (i % 7 == 0) {
                world.pass(Duration.ofMillis(300));
            }
        }
        world.pass(Duration.ofHours(12));
        List<String> all = IntStream.range(0, 50).mapToObj(String::valueOf).toList();
        for (int i = 0; i < 20; i++) {
            assertEquals(all, app.keys("user" + i));
        }
        assertEquals(List.of(), world.records.names());
    }

    @Test
    void aCrashLosesNothingAndKeepsTheOrderAndTheIds() {
        Random random = new Random(2);
        Map<String, String> ids = new HashMap<>();
        StringBuilder told = new StringBuilder();
        int next = 0;
        for (int crash = 0; crash < 200; crash++) {
            FakeReceiver now = app;
            now.answer = event -> random.nextInt(3) == 0 ? failing(event) : null;
            world.records.until = random.nextInt(12);
            for (int i = 0; i < 5; i++) {
                // it did not happen when it is not on the disk
                if (world.records.until > 0) {
                    world.happens(EventType.MESSAGE_DONE, "alice", "" + next++);
                    world.pass(Duration.ofMillis(random.nextInt(500)));
                }
            }
            told.append(String.join(" ", now.keys("alice"))).append(' ');
            for (Told event : now.asked) {
                String before = ids.put(event.json(), event.id());
                assertTrue(before == null || before.equals(event.id()));
            }
            restart(Duration.ofMillis(random.nextInt(2000)));
        }
        world.pass(Duration.ofHours(1));
        told.append(String.join(" ", app.keys("alice")));
        List<Integer> order = List.of(told.toString().trim().split("\\s+")).stream()
                .map(Integer::valueOf)
                .distinct()
                .toList();
        assertEquals(IntStream.range(0, next).boxed().toList(), order, "each for the first time, in order");
    }

    @Test
    void whatIsOfAnEarlierRunComesFirstAlthoughTheClockWentBack() {
        app.answer = SenderTest::failing;
        world.happens(EventType.MESSAGE_DONE, "alice", "1");
        restart(Duration.ofSeconds(1));
        app.answer = event -> null;
        world.setClock(Duration.ofDays(-1));
        world.happens(EventType.MESSAGE_DONE, "alice", "2");
        world.seconds(10);
        assertEquals(List.of("1", "2"), app.keys("alice"));
    }

    @Test
    void whatIsFoundOnTheDiskComesBeforeWhatWasReportedMeanwhile() {
        app.answer = SenderTest::failing;
        world.happens(EventType.MESSAGE_DONE, "alice", "1");
        world.happens(EventType.MESSAGE_DONE, "alice", "2");
        world = world.killed(Duration.ofSeconds(1));
        world.records.away = true;
        app = new FakeReceiver("app");
        sender = subscribed();
        world.happens(EventType.MESSAGE_DONE, "alice", "3");
        world.records.away = false;
        world.seconds(2);
        assertEquals(List.of("1", "2", "3"), app.keys("alice"));
    }

    @Test
    void untilTheBrokerIsThereNothingIsToldAndThenEverythingIs() {
        world.records.away = true;
        restart(Duration.ofSeconds(1));
        world.records.away = true;
        assertEquals(State.OK, sender.status().state());
        world = new World();
        world.records.away = true;
        app = new FakeReceiver("app");
        sender = subscribed();
        world.happens(EventType.MESSAGE_DONE, "alice", "1");
        world.seconds(30);
        assertEquals(State.STARTING, sender.status().state());
        world.records.away = false;
        world.seconds(2);
        assertEquals(List.of("1"), app.keys("alice"));
    }

    @Test
    void whileTheBrokerIsAwayNothingIsToldTwice() {
        app.slow = true;
        world.happens(EventType.MESSAGE_DONE, "alice", "1");
        world.happens(EventType.MESSAGE_DONE, "alice", "2");
        world.records.away = true;
        app.slow = false;
        app.open.get(0).complete(null);
        world.seconds(60);
        assertEquals(List.of("1"), app.keys("alice"));
        world.records.away = false;
        world.seconds(60);
        assertEquals(List.of("1", "2"), app.keys("alice"));
        assertEquals(List.of(), world.records.names());
    }

    @Test
    void ofAUserWhoWasErasedNothingIsTold() {
        app.answer = SenderTest::failing;
        world.happens(EventType.MESSAGE_DONE, "alice", "1");
        world.records.erase("alice");
        app.answer = event -> null;
        world.pass(Duration.ofMinutes(10));
        assertEquals(List.of(), app.taken);
        assertEquals(0, sender.status().pending());
    }

    @Test
    void whoIsGoneStopsAlsoAfterAStartUntilSomebodySaysSend() {
        app.answer = event -> NotTaken.forGood("status 410");
        world.happens(EventType.MESSAGE_DONE, "alice", "1");
        assertEquals(State.STOPPED, sender.status().state());
        assertEquals("status 410", sender.status().stopped());
        app.answer = event -> null;
        world.pass(Duration.ofHours(2));
        restart(Duration.ofHours(1));
        world.happens(EventType.MESSAGE_DONE, "bob", "2");
        world.pass(Duration.ofHours(2));
        assertEquals(State.STOPPED, sender.status().state());
        assertEquals(List.of(), app.asked);
        sender.sendNow(Optional.of("bob"));
        world.run();
        assertEquals(2, app.taken.size());
        restart(Duration.ofHours(1));
        assertEquals(State.OK, sender.status().state());
    }

    @Test
    void whoIsGoneGoesOnAtAnotherAddress() {
        app.answer = event -> NotTaken.forGood("status 410");
        world.happens(EventType.MESSAGE_DONE, "alice", "1");
        FakeReceiver moved = new FakeReceiver("app");
        moved.target = "there";
        sender.change(moved);
        world.run();
        assertEquals(List.of("1"), moved.keys("alice"));
        app = moved;
        restart(Duration.ofSeconds(1));
        assertEquals(State.OK, sender.status().state());
    }

    @Test
    void sendHasWhatWaitsTriedAtOnce() {
        app.answer = SenderTest::failing;
        for (String user : List.of("alice", "bob", "carol", "dave")) {
            world.happens(EventType.MESSAGE_DONE, user, "1");
        }
        world.pass(Duration.ofMinutes(20));
        assertEquals(State.DOWN, sender.status().state());
        app.answer = event -> event.user().equals("dave") ? null : failing(event);
        sender.sendNow(Optional.of("dave"));
        world.run();
        assertEquals(List.of("1"), app.keys("dave"));
        app.answer = event -> null;
        sender.sendNow(Optional.empty());
        world.run();
        assertEquals(4, app.taken.size());
    }

    @Test
    void whatIsTooOldIsLostAndToldOfWhenSomethingIsTakenAgain() {
        app.answer = SenderTest::failing;
        world.happens(EventType.MESSAGE_DONE, "alice", "1");
        world.happens(EventType.MESSAGE_DONE, "bob", "2");
        world.seconds(1);
        long last = world.millis();
        world.happens(EventType.MESSAGE_DONE, "carol", "3");
        world.pass(Duration.ofDays(3).plusMinutes(1));
        assertEquals(0, sender.status().pending());
        assertEquals(3, sender.status().lost());
        assertEquals(List.of(), world.records.names());
        restart(Duration.ofMinutes(1));
        app.answer = event -> null;
        world.pass(Duration.ofMinutes(10));
        assertEquals(List.of("events.lost"), app.takenTypes());
        assertEquals("", app.taken.get(0).user());
        assertTrue(
                app.taken
                        .get(0)
                        .json()
                        .contains("\"data\":{\"count\":3,\"from\":" + World.START + ",\"to\":" + last + "}"),
                app.taken.get(0).json());
        world.pass(Duration.ofDays(1));
        restart(Duration.ofMinutes(1));
        world.pass(Duration.ofDays(1));
        assertEquals(List.of(), app.asked, "it is told once");
    }

    @Test
    void theSumIsNotResetBeforeItWasTakenNorChangedWhileItIsTold() {
        world.limits = new Limits(Duration.ofDays(3), 2);
        app.answer = SenderTest::failing;
        for (int i = 0; i < 5; i++) {
            world.happens(EventType.MESSAGE_DONE, "user" + i, "1");
        }
        app.answer = event -> event.type().equals("events.lost") ? failing(event) : null;
        world.pass(Duration.ofMinutes(20));
        assertEquals(2, app.taken.size());
        app.answer = event -> null;
        world.pass(Duration.ofMinutes(20));
        List<Told> lost = app.asked.stream()
                .filter(event -> event.type().equals("events.lost"))
                .toList();
        assertTrue(lost.size() > 2);
        assertEquals(1, lost.stream().map(Told::id).distinct().count());
        assertTrue(lost.get(0).json().contains("\"count\":3"), lost.get(0).json());
        assertEquals(3, app.taken.size());
    }

    @Test
    void ofTooManyTheOldestGo() {
        world.limits = new Limits(Duration.ofDays(3), 10);
        app.slow = true;
        app.atOnce = 1;
        for (int i = 0; i < 20; i++) {
            world.happens(EventType.MESSAGE_DONE, "user" + i, "1");
        }
        assertEquals(10, sender.status().pending());
        assertEquals(10, sender.status().lost());
        app.slow = false;
        app.open.get(0).complete(null);
        world.pass(Duration.ofMinutes(5));
        assertEquals("user0", app.taken.get(0).user(), "what is being told is not lost");
        assertEquals(
                IntStream.range(11, 20).mapToObj(i -> "user" + i).toList(),
                app.taken.stream()
                        .filter(event -> event.type().equals("message.done"))
                        .skip(1)
                        .map(Told::user)
                        .toList());
        assertEquals(1, app.takenTypes().stream().filter("events.lost"::equals).count());
    }

    @Test
    void whatACrashCutsOffIsLostOnceMoreAtMostAndNeverUncounted() {
        world.limits = new Limits(Duration.ofDays(3), 2);
        app.answer = SenderTest::failing;
        world.happens(EventType.MESSAGE_DONE, "a", "1");
        world.happens(EventType.MESSAGE_DONE, "b", "1");
        world.records.until = 2; // the third event, and the sum; the power fails before what is lost is forgotten
        world.happens(EventType.MESSAGE_DONE, "c", "1");
        restart(Duration.ofSeconds(1));
        assertEquals(1, sender.status().lost());
        app.answer = event -> null;
        world.pass(Duration.ofMinutes(5));
        assertTrue(app.taken.stream().anyMatch(event -> event.json().contains("\"count\":2")));
    }

    @Test
    void whatIsPendingOfWhoIsGoneIsKeptForTheSameNameAndGoesByAge() {
        app.answer = SenderTest::failing;
        world.happens(EventType.MESSAGE_DONE, "alice", "1");
        sender.close();
        world.run();
        new Leftovers(world.feed, world::records, world.worker(), world.clocks, () -> world.limits).start();
        world.happens(EventType.MESSAGE_DONE, "alice", "2");
        world.pass(Duration.ofDays(2));
        assertEquals(1, world.records.names().size());
        world.pass(Duration.ofDays(2));
        assertEquals(List.of(), world.records.names());
    }

    @Test
    void oneOfTheSameNameWaitsForWhatIsUnderWay() {
        app.slow = true;
        world.happens(EventType.MESSAGE_DONE, "alice", "1");
        world.happens(EventType.MESSAGE_DONE, "alice", "2");
        FakeReceiver old = app;
        sender.close();
        world.run();
        app = new FakeReceiver("app");
        sender = subscribed();
        world.seconds(5);
        assertEquals(List.of(), app.asked);
        old.open.get(0).complete(null);
        world.run();
        assertEquals(List.of("1"), old.keys("alice"));
        assertEquals(List.of("2"), app.keys("alice"));
    }

    @Test
    void twoOfOneNameAreRefused() {
        assertThrows(IllegalStateException.class, () -> world.feed.subscribe(new FakeReceiver("app")));
        assertThrows(IllegalArgumentException.class, () -> world.feed.subscribe(new FakeReceiver("a:b")));
        assertThrows(IllegalArgumentException.class, () -> world.feed.subscribe(new FakeReceiver("")));
    }

    @Test
    void eachOfTwoHearsEverythingUnderTheSameId() {
        FakeReceiver other = new FakeReceiver("other");
        other.answer = SenderTest::failing;
        world.feed.subscribe(other);
        world.happens(EventType.MESSAGE_DONE, "alice", "1");
        assertEquals(List.of("1"), app.keys("alice"));
        other.answer = event -> null;
        world.seconds(2);
        assertEquals(List.of("1"), other.keys("alice"));
        assertEquals(app.taken.get(0).id(), other.taken.get(0).id());
    }

    @Test
    void whatIsReportedAgainIsToldOnce() {
        app.answer = SenderTest::failing;
        world.happens(EventType.MESSAGE_DONE, "alice", "1");
        restart(Duration.ofMillis(1));
        app.answer = SenderTest::failing;
        world.happens(EventType.MESSAGE_DONE, "alice", "1");
        app.answer = event -> null;
        world.seconds(10);
        assertEquals(List.of("1"), app.keys("alice"));
        assertEquals(0, sender.status().pending());
    }

    @Test
    void operatorsSeeWhatIsPending() {
        app.answer = SenderTest::failing;
        world.happens(EventType.MESSAGE_DONE, "alice", "1");
        world.happens(EventType.MESSAGE_DONE, "alice", "2");
        world.happens(EventType.MESSAGE_DONE, "bob", "3");
        List<PendingEvent> all =
                sender.pending(Optional.empty(), 2).toCompletableFuture().getNow(List.of());
        assertEquals(List.of(), all);
        var answer = sender.pending(Optional.empty(), 2).toCompletableFuture();
        var bobs = sender.pending(Optional.of("bob"), 2).toCompletableFuture();
        world.run();
        assertEquals(
                List.of("alice 1 status 500", "alice 0 "),
                answer.join().stream()
                        .map(row -> row.user() + " " + row.tries() + " " + row.failure())
                        .toList());
        assertEquals(1, bobs.join().size());
        assertEquals(app.asked.get(0).id(), answer.join().get(0).id());
        assertEquals("status 500", sender.status().failure());
        assertEquals(World.START, sender.status().oldest().getAsLong());
    }
}
