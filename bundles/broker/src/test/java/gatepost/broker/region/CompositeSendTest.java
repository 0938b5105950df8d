package gatepost.broker.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.activemq.ActiveMQSession;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ActiveMQTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One SEND to several queues, read by one subscription. */
final class CompositeSendTest extends UnloadingBroker {

    private static final ActiveMQQueue BOTH = new ActiveMQQueue("user.alice,user.bob");

    @ParameterizedTest
    @ValueSource(strings = {"user.*", "user.alice,user.bob"})
    void allCopiesArriveAndAreAcknowledgedOneByOne(String queues) throws Exception {
        Session individual = connection.createSession(false, ActiveMQSession.INDIVIDUAL_ACKNOWLEDGE);
        MessageConsumer consumer = individual.createConsumer(new ActiveMQQueue(queues));
        send(BOTH, "one");
        TextMessage first = (TextMessage) consumer.receive(PATIENCE);
        TextMessage second = (TextMessage) consumer.receive(PATIENCE);
        assertEquals(
                new TreeSet<>(List.of(
                        first.getJMSDestination().toString(),
                        second.getJMSDestination().toString())),
                new TreeSet<>(List.of("queue://user.alice", "queue://user.bob")));

        second.acknowledge();
        individual.close();

        assertEquals(List.of("one"), receive((ActiveMQQueue) first.getJMSDestination(), 1));
        assertNull(receiveNothing((ActiveMQQueue) second.getJMSDestination()));
    }

    @Test
    void allCopiesComeAgainAfterARestart() throws Exception {
        send(BOTH, "one", "two");
        stop();
        start();
        Session client = connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer consumer = client.createConsumer(new ActiveMQQueue("user.*"));
        List<String> got = new ArrayList<>();
        TextMessage last = null;
        for (int i = 0; i < 4; i++) {
            last = (TextMessage) consumer.receive(PATIENCE);
            got.add(last.getText());
        }
        got.sort(null);
        assertEquals(List.of("one", "one", "two", "two"), got);

        last.acknowledge();
        client.close();

        assertNull(receiveNothing(ALICE));
        assertNull(receiveNothing(new ActiveMQQueue("user.bob")));
    }

    @Test
    void aTopicAmongThemGetsOneToo() throws Exception {
        MessageConsumer news = session.createConsumer(new ActiveMQTopic("news"));
        MessageProducer producer = session.createProducer(new ActiveMQQueue("queue://user.alice,topic://news"));
        producer.send(session.createTextMessage("one"));

        assertEquals("one", ((TextMessage) news.receive(PATIENCE)).getText());
        assertEquals(List.of("one"), receive(ALICE, 1));
    }
}
