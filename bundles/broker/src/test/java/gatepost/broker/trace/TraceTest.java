package gatepost.broker.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.broker.trace.TraceEvent.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ActiveMQTopic;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.command.ConsumerId;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.command.SessionId;
import org.junit.jupiter.api.Test;

final class TraceTest {

    private static final ActiveMQDestination ALICE = new ActiveMQQueue("user.alice");

    private static final Reader PHONE = reader("phone");
    private static final Reader LAPTOP = reader("laptop");

    private final Trace trace = new Trace();

    TraceTest() {
        trace.configure("user.{user}", 1000);
    }

    @Test
    void tellsTheStoryOfAMessageFromItsSenderToItsAcknowledgement() {
        trace.add(ALICE, Kind.ACCEPTED, id("1"), "system");
        trace.add(ALICE, Kind.STORED, id("1"), "");
        trace.add(ALICE, Kind.SENT, id("1"), PHONE);
        trace.add(ALICE, Kind.SENT, id("1"), LAPTOP);
        trace.add(ALICE, Kind.ACKNOWLEDGED, id("1"), LAPTOP);

        MessageStory story = trace.of("alice").get(0);

        assertEquals(id("1").toString(), story.message());
        assertEquals(Optional.of("system"), story.from());
        assertTrue(story.accepted().isPresent()
                && story.stored().isPresent()
                && story.sent().isPresent());
        assertEquals(2, story.times());
        assertEquals(Optional.of("acknowledged"), story.outcome());
        assertTrue(story.ended().isPresent());
    }

    @Test
    void oneAcknowledgementMayBeForSeveralMessagesOfThatReaderOnly() {
        for (String message : List.of("1", "2", "3", "4")) {
            trace.add(ALICE, Kind.SENT, id(message), message.equals("2") ? LAPTOP : PHONE);
        }
        trace.add(ALICE, Kind.ACKNOWLEDGED, id("3"), id("1"), PHONE);

        assertEquals(List.of("acknowledged", "", "acknowledged", ""), outcomes());
    }

    @Test
    void anAcknowledgementWhoseFirstMessageIsForgottenIsForAllUpToTheLast() {
        trace.add(ALICE, Kind.SENT, id("2"), PHONE);
        trace.add(ALICE, Kind.SENT, id("3"), PHONE);
        trace.add(ALICE, Kind.SENT, id("4"), PHONE);
        trace.add(ALICE, Kind.ACKNOWLEDGED, id("3"), id("1"), PHONE);

        assertEquals(List.of("acknowledged", "acknowledged", ""), outcomes());
    }

    @Test
    void whatWasDeniedWasNotAccepted() {
        trace.add(ALICE, Kind.ACCEPTED, id("1"), "bob");
        trace.add(ALICE, Kind.DENIED, id("1"), "bob");

        MessageStory story = trace.of("alice").get(0);

        assertEquals(Optional.empty(), story.accepted());
        assertEquals(Optional.of("denied"), story.outcome());
        assertEquals(Optional.of("bob"), story.from());
    }

    @Test
    void eachSubscriptionHasItsOwnOutcome() {
        trace.add(ALICE, Kind.ACCEPTED, id("1"), "system");
        trace.add(ALICE, Kind.SENT, id("1"), PHONE);
        trace.add(ALICE, Kind.SENT, id("1"), LAPTOP);
        trace.add(ALICE, Kind.SENT, id("1"), LAPTOP);
        trace.add(ALICE, Kind.ACKNOWLEDGED, id("1"), PHONE);

        MessageStory story = trace.of("alice", true).get(0);

        assertTrue(story.whole());
        assertEquals(
                List.of(PHONE, LAPTOP),
                story.deliveries().stream().map(Delivery::reader).toList());
        assertEquals(
                List.of(1, 2), story.deliveries().stream().map(Delivery::times).toList());
        assertEquals(
                List.of(Optional.of("acknowledged"), Optional.empty()),
                story.deliveries().stream().map(Delivery::outcome).toList());
        assertEquals(Optional.of(PHONE), story.ending().orElseThrow().by());
        trace.add(ALICE, Kind.REJECTED, id("1"), LAPTOP);
        story = trace.of("alice", true).get(0);
        assertEquals(
                List.of(Optional.of("acknowledged"), Optional.of("rejected")),
                story.deliveries().stream().map(Delivery::outcome).toList());
        assertEquals(Optional.of("acknowledged"), story.outcome(), "what comes later does nothing to it");
    }

    @Test
    void whyItWasRefusedIsRemembered() {
        trace.add(ALICE, Kind.ACCEPTED, id("1"), "app");
        trace.refused(ALICE, Kind.REFUSED, id("1"), "app", "it is full");

        assertEquals(
                Optional.of("it is full"),
                trace.of("alice").get(0).ending().orElseThrow().why());
    }

    @Test
    void aMessageToManyMakesNobodyForgotten() {
        SentToMany sender = new SentToMany("app", "order-1", "everyone");
        trace.addToKnown(ALICE, Kind.SPREAD, id("1"), sender);
        trace.refusedByKnown(ALICE, id("1"), sender, "it is full");
        assertEquals(List.of(), trace.users());

        trace.add(ALICE, Kind.ACCEPTED, id("0"), "system");
        trace.addToKnown(ALICE, Kind.SPREAD, id("1"), sender);
        trace.refusedByKnown(ALICE, id("2"), sender, "it is full");
        sender.isStored();

        List<MessageStory> stories = trace.of("alice");
        assertEquals(3, stories.size());
        assertEquals(Optional.of("order-1"), stories.get(1).id());
        assertEquals(Optional.of("everyone"), stories.get(1).audience());
        assertEquals(Optional.of("app"), stories.get(1).from());
        assertTrue(stories.get(1).stored().isPresent() && stories.get(1).whole());
        assertEquals(Optional.of("refused"), stories.get(2).outcome());
    }

    @Test
    void remembersTheLastEventsOnly() {
        for (int i = 0; i < EventRing.EVENTS + 5; i++) {
            trace.add(ALICE, Kind.ACCEPTED, id(String.valueOf(i)), "system");
        }

        List<MessageStory> stories = trace.of("alice");

        assertEquals(EventRing.EVENTS, stories.size());
        assertEquals(id("5").toString(), stories.get(0).message());
    }

    @Test
    void remembersSoManyUsersAndForgetsTheQuietestFirst() {
        trace.configure("user.{user}", 160);
        trace.add(ALICE, Kind.ACCEPTED, id("1"), "system");
        for (int i = 0; i < 10_000; i++) {
            trace.add(new ActiveMQQueue("user." + i), Kind.ACCEPTED, id("1"), "system");
            trace.add(ALICE, Kind.SENT, id("1"), PHONE);
        }

        assertTrue(trace.users().size() <= 160, trace.users()::toString);
        assertTrue(trace.users().contains("alice"), trace.users()::toString);
        assertFalse(trace.users().contains("1"), trace.users()::toString);
    }

    @Test
    void whoeverTakesTheRoomOfAForgottenUserHasNothingOfTheirs() {
        trace.configure("user.{user}", 1);
        for (int i = 0; i < 100; i++) {
            ActiveMQQueue queue = new ActiveMQQueue("user." + i);
            trace.add(queue, Kind.ACCEPTED, id("1"), "system");
            trace.add(queue, Kind.SENT, id("1"), id("0"), PHONE);
            trace.add(queue, Kind.ACCEPTED, id("2"), "system");

            List<MessageStory> stories = trace.of(String.valueOf(i));
            assertEquals(
                    List.of(id("1").toString(), id("2").toString()),
                    stories.stream().map(MessageStory::message).toList());
        }
        assertTrue(trace.users().size() <= 16, trace.users()::toString);
    }

    @Test
    void forgetsInTheOrderOfTheLastEvents() {
        RecentQueues recent = new RecentQueues(20);
        Deque<String> expected = new ArrayDeque<>();
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            String queue = "user." + random.nextInt(40);
            recent.use(queue);
            expected.remove(queue);
            expected.addLast(queue);
            if (expected.size() > 20) {
                expected.removeFirst();
            }
            assertEquals(Set.copyOf(expected), Set.copyOf(recent.names()));
        }
    }

    @Test
    void namesWithTheSameHashCodeAreToldApart() {
        RecentQueues recent = new RecentQueues(3);
        List<String> alike = List.of("user.AaAa", "user.AaBB", "user.BBAa", "user.BBBB");
        assertEquals(1, alike.stream().map(String::hashCode).distinct().count());
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < alike.size(); i++) {
                assertEquals(alike.get(i), recent.use(alike.get(i)).queue());
                String forgotten = alike.get((i + 1) % alike.size());
                assertNull(recent.find(forgotten));
                assertEquals(round == 0 ? Math.min(i + 1, 3) : 3, recent.names().size());
            }
        }
    }

    @Test
    void whatIsNotCoveredIsNotRemembered() {
        trace.add(new ActiveMQQueue("app.orders"), Kind.ACCEPTED, id("1"), "system");

        assertEquals(List.of(), trace.users());
    }

    @Test
    void coversUsersOwnQueuesOnly() {
        trace.configure("in.{user}.box", 10);

        assertTrue(trace.covers(new ActiveMQQueue("in.a.b.box")));
        assertFalse(trace.covers(new ActiveMQQueue("in.box")));
        assertFalse(trace.covers(new ActiveMQQueue("in.alice")));
        assertFalse(trace.covers(new ActiveMQQueue("app.inbox")));
        assertFalse(trace.covers(new ActiveMQTopic("in.alice.box")));
        assertFalse(trace.covers(null));
    }

    @Test
    void isOffWithNoUsers() {
        trace.add(ALICE, Kind.ACCEPTED, id("1"), "system");
        trace.configure("user.{user}", 0);

        assertFalse(trace.covers(ALICE));
        assertFalse(trace.isOn());
        assertEquals(List.of(), trace.of("alice"));
    }

    private static Reader reader(String session) {
        return Reader.of(new ConsumerId(new SessionId(new ConnectionId(session), 1), 1));
    }

    private static MessageId id(String number) {
        return new MessageId("ID:gatepost-1:1:1", Long.parseLong(number));
    }

    private List<String> outcomes() {
        return trace.of("alice").stream()
                .map(story -> story.outcome().orElse(""))
                .toList();
    }
}
