package gatepost.broker.region;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.jms.DeliveryMode;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.TextMessage;
import org.apache.activemq.command.ActiveMQQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a queue that is there costs a message, and what is left of one that was acknowledged. */
final class HandedOverTest extends UnloadingBroker {

    @ParameterizedTest
    @ValueSource(ints = {DeliveryMode.PERSISTENT, DeliveryMode.NON_PERSISTENT})
    void nothingOfAnAcknowledgedMessageIsKeptInMemory(int mode) throws Exception {
        MessageConsumer consumer = session.createConsumer(ALICE);
        MessageProducer producer = session.createProducer(ALICE);
        producer.setDeliveryMode(mode);
        for (int i = 0; i < 3; i++) {
            producer.send(session.createTextMessage("number " + i));
            assertEquals("number " + i, ((TextMessage) consumer.receive(PATIENCE)).getText());
        }

        Awaitility.await().until(() -> {
            System.gc();
            return latest.refersTo(null);
        });
    }

    @Test
    void aPublisherToManyQueuesDoesNotAskForThoseThatAreThere() throws Exception {
        MessageProducer toAnybody = session.createProducer(null);
        ActiveMQQueue bob = new ActiveMQQueue("user.bob");
        MessageConsumer alices = session.createConsumer(ALICE);
        MessageConsumer bobs = session.createConsumer(bob);
        int before = asked.get();
        for (int i = 0; i < 10; i++) {
            toAnybody.send(ALICE, session.createTextMessage("for alice"));
            toAnybody.send(bob, session.createTextMessage("for bob"));
            assertEquals("for alice", ((TextMessage) alices.receive(PATIENCE)).getText());
            assertEquals("for bob", ((TextMessage) bobs.receive(PATIENCE)).getText());
        }

        assertEquals(0, asked.get() - before);
    }

    @Test
    void aQueueThatIsNotThereIsAskedFor() throws Exception {
        int before = asked.get();

        session.createProducer(null).send(ALICE, session.createTextMessage("one"));

        assertEquals(1, asked.get() - before);
    }
}
