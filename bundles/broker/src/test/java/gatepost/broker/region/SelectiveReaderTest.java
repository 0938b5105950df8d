package gatepost.broker.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.activemq.broker.region.Queue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Readers with selectors, behind many messages that they do not match. */
final class SelectiveReaderTest extends UnloadingBroker {

    private static final int MANY = 3 * SelectiveLook.LOOKED_AT_IN_A_TURN + 50;

    @Test
    void itGetsWhatItMatchesHoweverManyStandBefore() throws Exception {
        send("blue", 0, MANY);
        send("red", 0, 3);
        send("blue", MANY, MANY + 50);

        try (MessageConsumer red = session.createConsumer(ALICE, "colour = 'red'")) {
            assertEquals(texts("red", 0, 3), receive(red, 3));
            Awaitility.await("no message that nobody wants is in memory").until(() -> memory() == 0);
        }
    }

    @Test
    void itGetsWhatComesWhileItReads() throws Exception {
        try (MessageConsumer red = session.createConsumer(ALICE, "colour = 'red'")) {
            send("blue", 0, MANY);
            send("red", 0, 3);
            assertEquals(texts("red", 0, 3), receive(red, 3));
            assertNull(red.receiveNoWait());
        }
    }

    @Test
    void whatNobodyWantedComesInOrderForWhoWantsItAndNothingTwice() throws Exception {
        MessageConsumer red = session.createConsumer(ALICE, "colour = 'red'");
        for (int i = 0; i < 400; i++) {
            send("blue", i, i + 1);
            send("green", i, i + 1);
        }
        send("red", 0, 1);
        assertEquals(texts("red", 0, 1), receive(red, 1));

        assertEquals(texts("blue", 0, 400), receive("colour = 'blue'", 400));
        send("green", 400, 410);
        assertEquals(texts("green", 0, 410), receiveAll(410));
        assertNull(receiveNothing(ALICE));
        red.close();
        assertEquals(
                0,
                broker.getDestination(ALICE)
                        .getDestinationStatistics()
                        .getMessages()
                        .getCount());
    }

    @Test
    void whatWasHandedOverAndNotAcknowledgedComesAgainBeforeTheRest() throws Exception {
        send("blue", 0, MANY);
        send("red", 0, 10);
        Session client = connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
        assertEquals(texts("red", 0, 10), receive(client.createConsumer(ALICE, "colour = 'red'"), 10));
        client.close();

        assertEquals(texts("red", 0, 10), receive("colour = 'red'", 10));
        assertEquals(texts("blue", 0, MANY), receiveAll(MANY));
    }

    @Test
    void otherReadersKeepTheirOrder() throws Exception {
        send("blue", 0, 300);
        MessageConsumer red = session.createConsumer(ALICE, "colour = 'red'");
        send("red", 0, 1);
        receive(red, 1);
        send("blue", 300, 600);

        assertEquals(texts("blue", 0, 600), receive("colour LIKE 'b%'", 600));
        red.close();
    }

    @Test
    void whoBrowsesSeesWhatNobodyWants() throws Exception {
        MessageConsumer red = session.createConsumer(ALICE, "colour = 'red'");
        send("blue", 0, 30);
        try (QueueBrowser browser = session.createBrowser(ALICE)) {
            assertEquals(
                    30,
                    Collections.list((Enumeration<?>) browser.getEnumeration()).size());
        }
        red.close();
        assertEquals(texts("blue", 0, 30), receiveAll(30));
    }

    @Test
    void aPurgeDropsWhatNobodyWantsToo() throws Exception {
        MessageConsumer red = session.createConsumer(ALICE, "colour = 'red'");
        send("blue", 0, MANY);
        Awaitility.await().until(() -> queue().getMessages().size() == MANY && memory() == 0);

        queue().purge();

        assertEquals(0, queue().getDestinationStatistics().getMessages().getCount());
        send("red", 0, 1);
        assertEquals(texts("red", 0, 1), receive(red, 1));
    }

    @Test
    void whatNobodyWantsExpiresAllTheSame() throws Exception {
        MessageConsumer red = session.createConsumer(ALICE, "colour = 'red'");
        MessageProducer producer = session.createProducer(ALICE);
        producer.setTimeToLive(300);
        for (int i = 0; i < 20; i++) {
            producer.send(session.createTextMessage("too late"));
        }

        Awaitility.await()
                .until(() -> queue().getDestinationStatistics().getMessages().getCount() == 0);
        send("red", 0, 1);
        assertEquals(texts("red", 0, 1), receive(red, 1));
    }

    @Test
    void theQueueIsUnloadedWithWhatNobodyWantedOnceItsReadersAreGone() throws Exception {
        MessageConsumer red = session.createConsumer(ALICE, "colour = 'red'");
        send("blue", 0, 600);
        red.close();
        awaitGone(ALICE);

        assertEquals(texts("blue", 0, 600), receiveAll(600));
    }

    @Test
    void messagesThatAreNotStoredAreNotLostBetweenThem() throws Exception {
        MessageConsumer red = session.createConsumer(ALICE, "colour = 'red'");
        send("blue", 0, 50);
        send(DeliveryMode.NON_PERSISTENT, "red", 0, 50);
        send("red", 50, 100);

        List<String> got = receive(red, 100);
        got.sort(null);
        List<String> expected = new ArrayList<>(texts("red", 0, 100));
        expected.sort(null);
        assertEquals(expected, got);
        red.close();
        assertEquals(texts("blue", 0, 50), receiveAll(50));
    }

    private long memory() throws Exception {
        return queue().getMemoryUsage().getUsage();
    }

    private Queue queue() throws Exception {
        return (Queue) broker.getDestination(ALICE);
    }

    private void send(String colour, int from, int to) throws JMSException {
        send(DeliveryMode.PERSISTENT, colour, from, to);
    }

    private void send(int mode, String colour, int from, int to) throws JMSException {
        MessageProducer producer = session.createProducer(ALICE);
        producer.setDeliveryMode(mode);
        for (int i = from; i < to; i++) {
            TextMessage message = session.createTextMessage(colour + i);
            message.setStringProperty("colour", colour);
            producer.send(message);
        }
        producer.close();
    }

    private List<String> receiveAll(int count) throws JMSException {
        return receive((String) null, count);
    }

    private List<String> receive(String selector, int count) throws JMSException {
        try (MessageConsumer consumer = session.createConsumer(ALICE, selector)) {
            return receive(consumer, count);
        }
    }

    private static List<String> receive(MessageConsumer consumer, int count) throws JMSException {
        List<String> texts = new ArrayList<>();
        while (texts.size() < count) {
            TextMessage message = (TextMessage) consumer.receive(PATIENCE);
            if (message == null) {
                texts.add("nothing");
                break;
            }
            texts.add(message.getText());
        }
        return texts;
    }

    private static List<String> texts(String colour, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> colour + i).toList();
    }
}
