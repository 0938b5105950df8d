package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.InboxConsumer;
import java.util.List;
import java.util.Map;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ConsumerControl;
import org.apache.activemq.command.MessageAck;
import org.apache.activemq.command.RemoveInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that watches its inbox. */
class InboxStateTest extends ConversationTest {

    private static final Map<String, String> WATCH = Map.of("id", "w", "destination", "/gatepost/inbox/state");
    private static final String UMLAUT = "{\"head\":1,\"x\":\"\u00fc\"}";

    @BeforeEach
    void thereAreInboxes() {
        inboxes = new NamedInboxes("user");
    }

    @ParameterizedTest
    @EnumSource
    void itsStateComesAsJson(Version version) throws Exception {
        connect(version);
        send("SUBSCRIBE", WATCH);
        broker.states("{\"head\":1}", UMLAUT);
        turn();

        InboxConsumer consumer = broker.commands(InboxConsumer.class).get(0);
        assertTrue(consumer.isWatching());
        assertEquals(new ActiveMQQueue("user.alice"), consumer.getDestination());
        assertEquals(List.of("{\"head\":1}", UMLAUT), bodies);
        assertEquals(2, answers.size());
        String first = answers.get(0).remove("message-id");
        String second = answers.get(1).remove("message-id");
        assertNotEquals(first, second);
        assertEquals(
                Map.of(
                        "",
                        "MESSAGE",
                        "destination",
                        "/gatepost/inbox/state",
                        "subscription",
                        "w",
                        "content-type",
                        "application/json",
                        "content-length",
                        "10"),
                answers.get(0));
        assertEquals("19", answers.get(1).get("content-length"));
    }

    @Test
    void nothingOfItIsAcknowledged() throws Exception {
        connect(Version.V1_2);
        send("SUBSCRIBE", WATCH);
        broker.states("{}", "{}");
        turn();
        send("UNSUBSCRIBE", Map.of("id", "w"));
        broker.states("{}");
        turn();

        assertEquals(2, answers.size());
        assertEquals(List.of(), broker.commands(MessageAck.class));
        assertEquals(1, broker.commands(RemoveInfo.class).size());
    }

    @Test
    void theReceiptComesBeforeTheFirstState() throws Exception {
        connect(Version.V1_2);
        broker.firstState("{}");
        send("SUBSCRIBE", WATCH, "receipt", "r");

        assertEquals(
                List.of("RECEIPT", "MESSAGE"),
                answers.stream().map(answer -> answer.get("")).toList());
    }

    /** What waits of other messages says nothing of a state, and a window of one would be one for its messages. */
    @Test
    void whatIsHeldBackIsNotTheState() throws Exception {
        connect(Version.V1_2);
        send("SUBSCRIBE", WATCH);
        send("SUBSCRIBE", Map.of("id", "s", "destination", "/queue/a"));
        InboxConsumer watcher = broker.commands(InboxConsumer.class).get(0);
        watcher.setPrefetchSize(77);
        stopReading();
        send("SEND", Map.of("destination", "/queue/a"));
        assertEquals(77, watcher.getPrefetchSize());
        assertEquals(1, broker.commands(InboxConsumer.class).get(1).getPrefetchSize());

        readAgain();
        turn();
        assertEquals(
                List.of(broker.commands(InboxConsumer.class).get(1).getConsumerId()),
                broker.commands(ConsumerControl.class).stream()
                        .map(ConsumerControl::getConsumerId)
                        .toList());
    }

    /** A state cannot be held back, so that whoever does not read would have them pile up. */
    @Test
    void whoReadsNoneOfItIsClosed() throws Exception {
        connect(Version.V1_2);
        send("SUBSCRIBE", WATCH);
        broker.states("x".repeat(600));
        turn();
        broker.states("x".repeat(600));
        turn();
        assertEquals(2, answers.size());

        stopReading();
        broker.states("x".repeat(600), "x".repeat(400));
        turn();
        assertEquals(2, answers.size());
        broker.states("x");
        turn();
        assertEquals("ERROR", answers.get(2).get(""));
        assertEquals(
                "more than 1000 bytes of the state of an inbox were not read",
                answers.get(2).get("message"));
    }

    @Test
    void whatStillWaitsAfterUnsubscribeIsNotWritten() throws Exception {
        connect(Version.V1_2);
        send("SUBSCRIBE", WATCH);
        stopReading();
        broker.states("{}");
        send("UNSUBSCRIBE", Map.of("id", "w"));
        readAgain();
        turn();

        assertEquals(List.of(), answers);
    }

    @Test
    void whoMayNotReadMayNotWatch() throws Exception {
        connect(Version.V1_2);
        broker.refuse(new SecurityException("Denied: read queue://user.alice"));
        send("SUBSCRIBE", WATCH);

        assertEquals("ERROR", answers.get(0).get(""));
        assertEquals("Denied: read queue://user.alice", answers.get(0).get("message"));
    }

    @Test
    void whereThereAreNoInboxesNothingIsSubscribed() throws Exception {
        connect(Version.V1_2);
        inboxes = null;
        send("SUBSCRIBE", WATCH);

        assertEquals("there are no inboxes here", answers.get(0).get("message"));
        assertEquals(List.of(), broker.commands(InboxConsumer.class));
        assertNull(answers.get(0).get("receipt-id"));
    }
}
