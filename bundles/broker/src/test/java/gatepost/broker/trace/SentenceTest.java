package gatepost.broker.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import gatepost.broker.trace.TraceEvent.Kind;
import gatepost.contracts.Account;
import gatepost.contracts.InboxConsumer;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.activemq.broker.Connection;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.command.ConsumerId;
import org.apache.activemq.command.SessionId;
import org.apache.activemq.security.SecurityContext;
import org.junit.jupiter.api.Test;

/** What is said of a message of alice's, clause by clause. */
class SentenceTest {

    private static final Instant START = Instant.parse("2026-11-28T15:56:28.900Z");
    private static final Instant NOW = Instant.parse("2026-11-28T18:00:00Z");

    private static final Reader PHONE = reader("phone-1", "alice", "wss://10.0.0.7:5001", "phone", false, false);
    private static final Reader TAB = reader("tab-1", "alice", "ws://10.0.0.8:5002?forwarded", null, false, false);
    private static final Reader STREAM = reader("stream-1", "alice", "http://10.0.0.9:5003", "page", true, false);
    private static final Reader SYSTEM = reader("system-1", "system", "stomp://10.0.0.1:5004", null, false, false);

    private final List<TraceEvent> events = new ArrayList<>();
    private final List<PresentSession> sessions = new ArrayList<>();
    private Place place = Place.UNKNOWN;
    private boolean inbox = true;

    private static final class SignedIn extends SecurityContext implements Account {

        SignedIn(String user) {
            super(user);
        }

        @Override
        public java.util.Set<java.security.Principal> getPrincipals() {
            return java.util.Set.of();
        }

        @Override
        public String user() {
            return getUserName();
        }

        @Override
        public Instant since() {
            return START;
        }

        @Override
        public boolean isTrusted() {
            return false;
        }
    }

    private static Reader reader(
            String session, String user, String address, String device, boolean stream, boolean browsing) {
        ConnectionContext context = new ConnectionContext();
        context.setSecurityContext(new SignedIn(user));
        context.setConnection((Connection) Proxy.newProxyInstance(
                SentenceTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> address));
        InboxConsumer consumer = new InboxConsumer(new ConsumerId(new SessionId(new ConnectionId(session), 1), 1));
        if (device != null) {
            consumer.device(device);
        }
        if (stream) {
            consumer.doneByRequest();
        }
        consumer.setBrowser(browsing);
        return Reader.of(context, consumer);
    }

    private void happened(int second, Kind kind, Object who) {
        happened(second, kind, who, "");
    }

    private void happened(int second, Kind kind, Object who, String why) {
        events.add(
                new TraceEvent(START.plusSeconds(second).toEpochMilli(), kind, "ID:g-1:1:1", "ID:g-1:1:1", who, why));
    }

    private void storedFromApp() {
        happened(0, Kind.ACCEPTED, new Sender("app", "order-17"));
        happened(0, Kind.STORED, "");
    }

    private void there(Reader reader) {
        sessions.add(new PresentSession(
                reader.session(),
                reader.address().orElse(""),
                reader.user().equals(Optional.of("alice")),
                Optional.of(START.minusSeconds(60)),
                true,
                false));
    }

    private String sentence() {
        List<MessageStory> stories = Telling.of(events, reader -> !inbox || reader.isOf("alice"));
        assertEquals(1, stories.size());
        return Sentence.of(stories.get(0), "alice", inbox, sessions, place, NOW);
    }

    private void assertSays(String clauses) {
        assertEquals("order-17 from app: stored at 15:56:28 UTC; " + clauses, sentence());
    }

    @Test
    void sentAndAcknowledgedAndTheUsersOtherSessionDidNotGetIt() {
        storedFromApp();
        happened(0, Kind.SENT, PHONE);
        happened(0, Kind.ACKNOWLEDGED, PHONE);
        there(PHONE);
        there(TAB);
        assertSays("sent at 15:56:28 to 10.0.0.7:5001 (device phone), acknowledged;"
                + " the user's other session at 10.0.0.8:5002 through a proxy did not get it.");
    }

    @Test
    void eachSessionHasItsOwnOutcome() {
        storedFromApp();
        happened(0, Kind.SENT, PHONE);
        happened(1, Kind.SENT, TAB);
        happened(2, Kind.SENT, STREAM);
        happened(3, Kind.ACKNOWLEDGED, TAB);
        there(TAB);
        there(STREAM);
        assertSays("sent at 15:56:28 to 10.0.0.7:5001 (device phone), not acknowledged before that session ended;"
                + " sent at 15:56:29 to 10.0.0.8:5002 through a proxy, acknowledged at 15:56:31;"
                + " sent at 15:56:30 to 10.0.0.9:5003 (acknowledges by request, device page), not acknowledged there.");
    }

    @Test
    void whatAStreamsSocketTookIsNotAcknowledged() {
        storedFromApp();
        happened(0, Kind.SENT, STREAM);
        there(STREAM);
        place = Place.waiting("not acknowledged");
        assertSays("sent at 15:56:28 to 10.0.0.9:5003 (acknowledges by request, device page), not yet acknowledged.");
    }

    @Test
    void aRequestAcknowledgesForTheStreamOfItsDevice() {
        storedFromApp();
        happened(0, Kind.SENT, STREAM);
        happened(60, Kind.DONE, STREAM);
        assertSays(
                "sent at 15:56:28 to 10.0.0.9:5003 (acknowledges by request, device page), acknowledged at 15:57:28.");
    }

    @Test
    void aRequestOfNobodyKnowsWhichDeviceAcknowledgesForAll() {
        storedFromApp();
        happened(0, Kind.SENT, STREAM);
        happened(60, Kind.DONE, "");
        there(STREAM);
        assertSays("sent at 15:56:28 to 10.0.0.9:5003 (acknowledges by request, device page), not acknowledged there;"
                + " acknowledged at 15:57:28 by a request.");
    }

    @Test
    void sentTwiceAndRejected() {
        storedFromApp();
        happened(0, Kind.SENT, PHONE);
        happened(5, Kind.SENT, PHONE);
        happened(6, Kind.REJECTED, PHONE);
        assertSays("sent 2 times, the last time at 15:56:33 to 10.0.0.7:5001 (device phone), rejected at 15:56:34.");
    }

    @Test
    void whatAnAdministratorReadsOfAnInboxTakesNothingAway() {
        storedFromApp();
        happened(0, Kind.SENT, SYSTEM);
        happened(1, Kind.ACKNOWLEDGED, SYSTEM);
        there(SYSTEM);
        place = Place.waiting("alice does not read it");
        assertSays("sent at 15:56:28 to system at 10.0.0.1:5004, acknowledged at 15:56:29, which takes nothing away;"
                + " it waits: alice does not read it.");
    }

    @Test
    void ofAQueueThatIsNoInboxAnotherMayTakeIt() {
        inbox = false;
        storedFromApp();
        happened(0, Kind.SENT, SYSTEM);
        happened(1, Kind.ACKNOWLEDGED, SYSTEM);
        there(TAB);
        assertSays("sent at 15:56:28 to system at 10.0.0.1:5004, acknowledged at 15:56:29, and so taken by system;"
                + " the user's session at 10.0.0.8:5002 through a proxy did not get it.");
    }

    @Test
    void whoOnlyLooksTakesNothing() {
        storedFromApp();
        happened(0, Kind.SENT, reader("look-1", "alice", "ws://10.0.0.8:1", null, false, true));
        place = Place.waiting("nobody reads it");
        assertSays("sent at 15:56:28 to 10.0.0.8:1, which only looks; it waits: nobody reads it.");
    }

    @Test
    void itWaitsAndNobodySeesWhy() {
        storedFromApp();
        place = Place.waiting("");
        assertSays("it waits.");
    }

    @Test
    void sessionsThatWereThereAndDidNotGetItAreNamedWithWhatIsSeenOfThem() {
        storedFromApp();
        place = Place.waiting("alice does not read it");
        sessions.add(new PresentSession("a", "ws://10.0.0.2:1", true, Optional.of(START), false, false));
        sessions.add(new PresentSession("b", "", true, Optional.of(START), true, true));
        sessions.add(new PresentSession("c", "ws://10.0.0.3:1", false, Optional.empty(), true, false));
        assertSays("it waits: alice does not read it; the user's sessions at 10.0.0.2:1 (which does not read the queue)"
                + " and session b (which takes no more until it acknowledges) did not get it.");
    }

    @Test
    void whoCameWhenAllWasOverIsNotSaidToMissIt() {
        storedFromApp();
        happened(0, Kind.SENT, PHONE);
        happened(1, Kind.ACKNOWLEDGED, PHONE);
        sessions.add(
                new PresentSession("late", "ws://10.0.0.2:1", true, Optional.of(START.plusSeconds(2)), true, false));
        assertSays("sent at 15:56:28 to 10.0.0.7:5001 (device phone), acknowledged at 15:56:29.");
    }

    @Test
    void whereNotAllIsKnownNobodyIsSaidToMissIt() {
        happened(0, Kind.SENT, PHONE);
        there(PHONE);
        there(TAB);
        assertEquals(
                "ID:g-1:1:1: sent at 15:56:28 UTC to 10.0.0.7:5001 (device phone), not yet acknowledged.", sentence());
    }

    @Test
    void expiredDroppedTakenBackAndMadeDone() {
        for (String[] row : new String[][] {
            {"EXPIRED", "expired at 15:56:38."},
            {"DROPPED", "dropped at 15:56:38, for the inbox was full and its oldest go."},
            {"WITHDRAWN", "taken back at 15:56:38."},
            {"SETTLED", "made done at 15:56:38 by an operator."}
        }) {
            events.clear();
            storedFromApp();
            happened(10, Kind.valueOf(row[0]), "");
            assertSays(row[1]);
        }
    }

    @Test
    void deniedIsNoMoreThanThat() {
        happened(0, Kind.ACCEPTED, "bob");
        happened(0, Kind.DENIED, "bob");
        there(TAB);
        assertEquals(
                "ID:g-1:1:1 from bob: denied at 15:56:28 UTC, for the gate does not let its sender write here.",
                sentence());
    }

    @Test
    void refusedSaysWhy() {
        happened(0, Kind.ACCEPTED, new Sender("app", "order-17"));
        happened(0, Kind.REFUSED, new Sender("app", "order-17"), "the limit inbox.messages is reached");
        assertEquals(
                "order-17 from app: refused at 15:56:28 UTC, for the limit inbox.messages is reached.", sentence());
        events.remove(1);
        happened(0, Kind.REFUSED, new Sender("app", "order-17"));
        assertEquals("order-17 from app: refused at 15:56:28 UTC.", sentence());
    }

    @Test
    void whatCameThroughAnAudienceSaysSo() {
        SentToMany sender = new SentToMany("app", "order-17", "audience.team");
        happened(0, Kind.SPREAD, sender);
        happened(0, Kind.SENT, PHONE);
        there(PHONE);
        there(TAB);
        assertEquals(
                "order-17 from app to audience.team: accepted at 15:56:28 UTC;"
                        + " sent at 15:56:28 to 10.0.0.7:5001 (device phone), not yet acknowledged;"
                        + " the user's other session at 10.0.0.8:5002 through a proxy did not get it.",
                sentence());
        sender.isStored();
        assertEquals(true, sentence().contains("stored at "));
    }

    @Test
    void whatIsGoneOrHadComeBeforeIsSaidToBe() {
        storedFromApp();
        place = Place.GONE;
        assertSays("it waits no more, and how it went is not known.");
        place = Place.REPEATED;
        there(TAB);
        assertSays("it came under an id that had come before, and counts as that one.");
    }

    @Test
    void anotherDayIsSaid() {
        storedFromApp();
        events.replaceAll(event ->
                new TraceEvent(event.at() - 86_400_000, event.kind(), event.message(), event.first(), event.who(), ""));
        happened(3, Kind.EXPIRED, "");
        assertEquals("order-17 from app: stored at 2026-11-27 15:56:28 UTC; expired at 15:56:31.", sentence());
    }

    @Test
    void whatAClientHasChosenCannotLookLikeOurWords() {
        happened(0, Kind.ACCEPTED, new Sender("eve\u001b[2J", "x from app: stored at 1; \"expired\"\nnew line"));
        String sentence = sentence();
        assertEquals(
                "\"x from app: stored at 1; \\\"expired\\\"\\u000anew line\" from eve\\u001b[2J: accepted at 15:56:28 UTC.",
                sentence);
        assertFalse(sentence.chars().anyMatch(Character::isISOControl));
    }
}
