package gatepost.broker.region;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.activemq.broker.region.DestinationStatistics;
import org.apache.activemq.command.ActiveMQQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Readers who are full, of one queue and of many. */
class FullReaderTest extends UnloadingBroker {

    @Test
    void whatWaitsForAReaderWhoIsFullIsNotReadIntoMemory() throws Exception {
        MessageConsumer reader = session.createConsumer(new ActiveMQQueue("user.alice?consumer.prefetchSize=1"));
        send(ALICE, texts(50));

        UnloadableQueue queue = (UnloadableQueue)
                broker.getRegionBroker().getDestinationMap(ALICE).get(ALICE);
        assertEquals(49, queue.getMessages().size());
        for (int i = 0; i < 50; i++) {
            assertEquals(Integer.toString(i), ((TextMessage) reader.receive(PATIENCE)).getText());
        }
    }

    @Test
    void aMessageForAReaderWhoIsFullIsNobodysWorkButTheSenders() throws Exception {
        try (MessageConsumer full = session.createConsumer(new ActiveMQQueue("user.alice?consumer.prefetchSize=1"))) {
            Awaitility.await().until(() -> consumers(ALICE) == 1);
            // until it has its message, which another thread may bring, and that one has looked at all others, it is
            // not full
            Awaitility.await("few of 50 messages are another thread's work").until(() -> {
                int before = handedOver.get();
                send(ALICE, texts(50));
                return handedOver.get() - before < 10;
            });
            assertEquals(1, statistics(ALICE).getInflight().getCount());

            assertEquals("0", ((TextMessage) full.receive(PATIENCE)).getText());
        }
    }

    @Test
    void aReaderOfManyQueuesWhoIsFullAllTheTimeGetsWhatWaitsInEach() throws Exception {
        int queues = 200;
        for (int i = 0; i < queues; i++) {
            send(new ActiveMQQueue("user." + i), "one");
        }

        assertEquals(inOrder(queues, List.of("one")), receiveByQueue("user.>?consumer.prefetchSize=1", queues));
    }

    @Test
    void aReaderOfManyQueuesGetsWhatComesWhileItIsFull() throws Exception {
        int queues = 20;
        List<String> texts = IntStream.range(0, 100).mapToObj(Integer::toString).toList();
        for (int i = 0; i < queues; i++) {
            send(new ActiveMQQueue("user." + i), "first");
        }
        Session other = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
            try (MessageProducer producer = other.createProducer(null)) {
                for (String text : texts) {
                    for (int i = 0; i < queues; i++) {
                        producer.send(new ActiveMQQueue("user." + i), other.createTextMessage(text));
                    }
                }
            } catch (JMSException e) {
                throw new IllegalStateException(e);
            }
        });

        List<String> all = new ArrayList<>(List.of("first"));
        all.addAll(texts);
        assertEquals(inOrder(queues, all), receiveByQueue("user.>?consumer.prefetchSize=1", queues * all.size()));
        sending.get();
    }

    private long consumers(ActiveMQQueue queue) throws Exception {
        return statistics(queue).getConsumers().getCount();
    }

    private DestinationStatistics statistics(ActiveMQQueue queue) throws Exception {
        return broker.getDestination(queue).getDestinationStatistics();
    }

    private static String[] texts(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toArray(String[]::new);
    }

    private static Map<String, List<String>> inOrder(int queues, List<String> texts) {
        Map<String, List<String>> all = new TreeMap<>();
        IntStream.range(0, queues).forEach(i -> all.put("user." + i, texts));
        return all;
    }

    private Map<String, List<String>> receiveByQueue(String queues, int count) throws JMSException {
        Map<String, List<String>> texts = new TreeMap<>();
        try (MessageConsumer consumer = session.createConsumer(new ActiveMQQueue(queues))) {
            for (int i = 0; i < count; i++) {
                TextMessage message = (TextMessage) consumer.receive(PATIENCE);
                if (message == null) {
                    return texts;
                }
                String queue = ((ActiveMQQueue) message.getJMSDestination()).getPhysicalName();
                texts.computeIfAbsent(queue, name -> new ArrayList<>()).add(message.getText());
            }
        }
        return texts;
    }
}
