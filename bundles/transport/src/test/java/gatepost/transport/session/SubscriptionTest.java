package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.InboxAck;
import gatepost.contracts.InboxConsumer;
import gatepost.transport.frame.StompVersion;
import gatepost.transport.session.Subscription.AckMode;
import gatepost.transport.session.Subscription.Delivered;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.activemq.command.ActiveMQBytesMessage;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.command.ConsumerId;
import org.apache.activemq.command.MessageAck;
import org.apache.activemq.command.MessageDispatch;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.util.ByteSequence;
import org.junit.jupiter.api.Test;

class SubscriptionTest {

    private final DestinationNames names = new DestinationNames(new ConnectionId("c"), null, 1, Holdings.NONE);

    @Test
    void stomp12AcknowledgesByTheAckHeader() throws IOException {
        Subscription subscription = subscription(AckMode.CLIENT_INDIVIDUAL, StompVersion.V1_2);
        assertTrue(deliver(subscription, 1).contains("\nack:7-1\n"));
        assertTrue(deliver(subscription, 2).contains("\nack:7-2\n"));
        assertTrue(subscription.has("7-1"));
        assertEquals(List.of("7-2"), keys(subscription.take("7-2")));
        assertEquals(List.of(), subscription.take("7-2"));
        assertTrue(subscription.has("7-1"));
    }

    @Test
    void olderVersionsAcknowledgeByTheMessageId() throws IOException {
        Subscription subscription = subscription(AckMode.CLIENT, StompVersion.V1_1);
        assertFalse(deliver(subscription, 1).contains("\nack:"));
        assertTrue(subscription.has(id(1).toString()));
    }

    @Test
    void ackModeClientTakesAllUpToTheMessage() throws IOException {
        Subscription subscription = subscription(AckMode.CLIENT, StompVersion.V1_2);
        for (int i = 1; i <= 5; i++) {
            deliver(subscription, i);
        }
        List<Delivered> taken = subscription.take("7-3");
        assertEquals(List.of("7-1", "7-2", "7-3"), keys(taken));
        MessageAck ack = subscription.acknowledgements(taken, false).get(0);
        assertTrue(ack.isStandardAck());
        assertEquals(id(1), ack.getFirstMessageId());
        assertEquals(id(3), ack.getLastMessageId());
        assertEquals(3, ack.getMessageCount());
        assertEquals(List.of("7-4", "7-5"), keys(subscription.take("7-5")));
    }

    @Test
    void whatAnAbortedTransactionAcknowledgedComesBackFirst() throws IOException {
        Subscription subscription = subscription(AckMode.CLIENT, StompVersion.V1_2);
        for (int i = 1; i <= 3; i++) {
            deliver(subscription, i);
        }
        List<Delivered> taken = subscription.take("7-2");
        subscription.inTransaction(taken);
        subscription.giveBack(taken);
        assertEquals(List.of("7-1", "7-2", "7-3"), keys(subscription.take("7-3")));
    }

    @Test
    void whatTwoAbortedTransactionsAcknowledgedComesBackInItsOrder() throws IOException {
        Subscription subscription = subscription(AckMode.CLIENT, StompVersion.V1_2);
        for (int i = 1; i <= 5; i++) {
            deliver(subscription, i);
        }
        List<Delivered> first = subscription.take("7-2");
        subscription.inTransaction(first);
        List<Delivered> second = subscription.take("7-4");
        subscription.inTransaction(second);
        subscription.giveBack(first);
        subscription.giveBack(second);
        assertEquals(List.of("7-1", "7-2", "7-3", "7-4", "7-5"), keys(subscription.take("7-5")));
    }

    @Test
    void anAcknowledgementInATransactionMakesRoomForMoreAtOnce() throws IOException {
        Subscription subscription = subscription(AckMode.CLIENT, StompVersion.V1_2);
        deliver(subscription, 1);
        deliver(subscription, 2);
        List<InboxAck> acks = subscription.acknowledgements(subscription.take("7-2"), true);
        assertEquals(
                List.of(id(1), id(2)),
                acks.stream().map(MessageAck::getLastMessageId).toList());
        assertTrue(acks.stream().allMatch(MessageAck::isIndividualAck), "ActiveMQ extends the window for these alone");
    }

    /** ActiveMQ counts those between the first and the last, and ends the connection when it counts more. */
    @Test
    void anAcknowledgementDoesNotSpeakOfWhatATransactionHas() throws IOException {
        Subscription subscription = subscription(AckMode.CLIENT, StompVersion.V1_2);
        for (int i = 1; i <= 4; i++) {
            deliver(subscription, i);
        }
        List<Delivered> aborted = subscription.take("7-1");
        subscription.inTransaction(aborted);
        List<Delivered> open = subscription.take("7-3");
        subscription.inTransaction(open);
        subscription.giveBack(aborted);

        List<InboxAck> acks = subscription.acknowledgements(subscription.take("7-4"), false);
        assertEquals(
                List.of(id(1), id(4)),
                acks.stream().map(MessageAck::getLastMessageId).toList());
        assertTrue(acks.stream().allMatch(MessageAck::isIndividualAck));

        subscription.settled(open);
        deliver(subscription, 5);
        assertTrue(subscription
                .acknowledgements(subscription.take("7-5"), false)
                .get(0)
                .isStandardAck());
    }

    @Test
    void ackModeAutoAcknowledgesWhatWasWrittenAndNotBefore() throws IOException {
        Subscription subscription = subscription(AckMode.AUTO, StompVersion.V1_2);
        assertFalse(deliver(subscription, 1).contains("\nack:"));
        deliver(subscription, 2);
        deliver(subscription, 3);
        assertNull(subscription.takeWritten());
        assertTrue(subscription.written(id(1)));
        assertFalse(subscription.written(id(2)), "one acknowledgement serves both");
        MessageAck ack = subscription.takeWritten();
        assertEquals(id(1), ack.getFirstMessageId());
        assertEquals(id(2), ack.getLastMessageId());
        assertEquals(2, ack.getMessageCount());
        assertNull(subscription.takeWritten());
    }

    @Test
    void aClosedSubscriptionWritesNothing() throws IOException {
        Subscription subscription = subscription(AckMode.AUTO, StompVersion.V1_2);
        subscription.close();
        assertNull(subscription.encode(dispatch(1), UnpooledByteBufAllocator.DEFAULT));
    }

    @Test
    void aRefusedMessageGoesToTheDeadLetters() throws IOException {
        Subscription subscription = subscription(AckMode.CLIENT_INDIVIDUAL, StompVersion.V1_2);
        deliver(subscription, 1);
        assertTrue(subscription.rejections(subscription.take("7-1")).get(0).isPoisonAck());
    }

    private Subscription subscription(AckMode mode, StompVersion version) {
        InboxConsumer consumer = new InboxConsumer(new ConsumerId("c:1:7"));
        consumer.setDestination(new ActiveMQQueue("q"));
        return new Subscription("sub", "7", consumer, mode, version, names, false);
    }

    private static String deliver(Subscription subscription, int number) throws IOException {
        ByteBuf frame = subscription.encode(dispatch(number), UnpooledByteBufAllocator.DEFAULT);
        String text = frame.toString(StandardCharsets.UTF_8);
        frame.release();
        return text;
    }

    private static MessageDispatch dispatch(int number) {
        ActiveMQBytesMessage message = new ActiveMQBytesMessage();
        message.setDestination(new ActiveMQQueue("q"));
        message.setMessageId(id(number));
        message.setContent(new ByteSequence(new byte[] {'x'}));
        MessageDispatch dispatch = new MessageDispatch();
        dispatch.setMessage(message);
        return dispatch;
    }

    private static MessageId id(int number) {
        return new MessageId("p:1:1", number);
    }

    private static List<String> keys(List<Delivered> taken) {
        return taken.stream().map(Delivered::key).toList();
    }
}
