package gatepost.events.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.SessionList.OpenSession;
import gatepost.contracts.events.EventType;
import gatepost.events.FakeReceiver;
import gatepost.events.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionEventsTest {

    private World world = new World();
    private final List<OpenSession> live = new ArrayList<>();
    private FakeReceiver app;
    private SessionEvents sessions;

    SessionEventsTest() {
        begin(EnumSet.of(EventType.SESSION_OPENED, EventType.SESSION_CLOSED));
    }

    private void begin(EnumSet<EventType> types) {
        app = new FakeReceiver("app");
        app.types = types;
        world.feed.subscribe(app);
        sessions = new SessionEvents(
                world.feed, world::records, () -> Optional.of(List.copyOf(live)), world.worker(), world.clocks);
        sessions.start();
        world.run();
    }

    private OpenSession open(String user, int number) {
        OpenSession session = new OpenSession(
                "ID:host-" + number + ":1",
                user,
                Instant.ofEpochMilli(world.millis()),
                Optional.of("ws"),
                "tcp://10.0.0.7:5",
                Optional.empty(),
                Optional.empty());
        live.add(session);
        sessions.opened(session);
        world.run();
        return session;
    }

    private void close(OpenSession session) {
        live.remove(session);
        sessions.closed(session);
        world.run();
    }

    private void crash() {
        live.clear();
        world = world.killed(Duration.ofSeconds(5));
        begin(EnumSet.copyOf(app.types));
    }

    @Test
    void beginningAndEndAreTold() {
        OpenSession session = open("alice", 1);
        close(session);
        assertEquals(List.of("session.opened", "session.closed"), app.takenTypes());
        assertTrue(
                app.taken
                        .get(0)
                        .json()
                        .endsWith("\"data\":{\"user\":\"alice\",\"session\":\"ID:host-1:1\",\"since\":" + World.START
                                + ",\"connector\":\"ws\",\"address\":\"tcp://10.0.0.7:5\"}}"),
                app.taken.get(0).json());
        assertEquals(List.of(), world.records.names());
    }

    @Test
    void whatACrashEndedIsToldAtTheNextStartOnce() {
        open("alice", 1);
        close(open("bob", 2));
        crash();
        assertEquals(List.of("session.closed"), app.takenTypes());
        assertTrue(app.taken.get(0).json().contains("\"user\":\"alice\",\"session\":\"ID:host-1:1\""));
        assertTrue(
                app.taken.get(0).json().endsWith("\"reason\":\"stopped\"}}"),
                app.taken.get(0).json());
        crash();
        assertEquals(List.of(), app.asked);
    }

    @Test
    void whoIsStillThereWhenThisStartsAgainHasNotGone() {
        OpenSession session = open("alice", 1);
        world = world.killed(Duration.ofSeconds(5));
        begin(EnumSet.copyOf(app.types));
        assertEquals(List.of(), app.asked);
        close(session);
        assertEquals(List.of("session.closed"), app.takenTypes());
        assertEquals(List.of(), world.records.names());
    }

    @Test
    void nothingIsRememberedWhereNobodyWantsToHearOfEnds() {
        world = new World();
        begin(EnumSet.of(EventType.SESSION_OPENED));
        open("alice", 1);
        assertEquals(List.of("session.opened"), app.takenTypes());
        assertEquals(List.of(), world.records.names());
    }

    @Test
    void whatHappensWhileTheBrokerIsAwayIsToldLaterInItsOrder() {
        world.records.away = true;
        close(open("alice", 1));
        close(open("alice", 2));
        world.seconds(5);
        assertEquals(List.of(), app.asked);
        world.records.away = false;
        world.seconds(5);
        assertEquals(List.of("session.opened", "session.closed", "session.opened", "session.closed"), app.takenTypes());
    }

    @Test
    void ofWhoCanHaveNoInboxNothingIsToldAndOthersGoOn() {
        close(open("gatepost.console", 1));
        open("alice", 2);
        assertEquals(List.of("session.opened"), app.takenTypes());
    }

    @Test
    void aCrashAnywhereLosesNoEndOfASessionOfWhichTheBeginningIsKnown() {
        for (int records = 0; records < 8; records++) {
            world = new World();
            live.clear();
            begin(EnumSet.of(EventType.SESSION_OPENED, EventType.SESSION_CLOSED));
            world.records.until = records;
            close(open("alice", 1));
            List<String> told = new ArrayList<>(app.takenTypes());
            crash();
            world.seconds(10);
            told.addAll(app.takenTypes());
            if (told.contains("session.opened")) {
                assertEquals("session.closed", told.get(told.size() - 1), "with " + records + " records");
            }
        }
    }
}
