package gatepost.broker.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import gatepost.broker.selector.Selector;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.TopicSubscriber;
import java.time.Duration;
import org.apache.activemq.broker.region.RegionBroker;
import org.apache.activemq.broker.region.TopicRegion;
import org.apache.activemq.command.ActiveMQTopic;
import org.apache.activemq.command.SubscriptionInfo;
import org.junit.jupiter.api.Test;

/** Selectors of durable subscriptions: they are stored, and read again at each start. */
final class DurableSelectorTest extends UnloadingBroker {

    private static final ActiveMQTopic NEWS = new ActiveMQTopic("news");

    @Test
    void aDurableSubscriptionGetsWhatItsSelectorMatchesAfterARestartToo() throws Exception {
        durable("colour LIKE 'r%'").close();
        send("blue", "before");
        stop();
        restart();
        send("red", "after");
        send("blue", "no");

        TopicSubscriber again = durable("colour LIKE 'r%'");
        TopicRegion topics = (TopicRegion) ((RegionBroker) broker.getRegionBroker()).getTopicRegion();
        topics.getDurableSubscriptions()
                .values()
                .forEach(subscription -> assertInstanceOf(
                        Selector.class, subscription.getSelectorExpression(), "ActiveMQ has read it, too"));
        assertEquals("after", ((TextMessage) again.receive(PATIENCE)).getText());
        assertNull(again.receiveNoWait());
    }

    /** From a store that an earlier version wrote, or before a limit was lowered. */
    @Test
    void aStoredSelectorThatWouldBeRefusedMatchesNothingAndHarmsNobody() throws Exception {
        SubscriptionInfo stored = new SubscriptionInfo("alice/phone", "news");
        stored.setDestination(NEWS);
        stored.setSubscribedDestination(NEWS);
        stored.setSelector("REPLACE(colour, 'r', 'rr') = 'rred'");
        store.createTopicMessageStore(NEWS).addSubscription(stored, false);
        stop();
        restart();
        TopicSubscriber other = durable("colour = 'red'");

        send("red", "one");

        assertEquals("one", ((TextMessage) other.receive(PATIENCE)).getText());
    }

    @Test
    void aPatternOfManyWildcardsHoldsUpNoSenderNorItsOwnSubscription() throws Exception {
        TopicSubscriber slow = durable("colour LIKE '%a%a%a%a%a%a%b'");

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            send("a".repeat(9_000), "never");
            send("aaaaaaaab", "one");
            assertEquals("one", ((TextMessage) slow.receive(PATIENCE)).getText());
        });
    }

    private void restart() throws Exception {
        start(1, 0);
    }

    private TopicSubscriber durable(String selector) throws Exception {
        connection.close();
        connection = factory().createConnection();
        connection.setClientID("alice/laptop");
        connection.start();
        session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        return session.createDurableSubscriber(NEWS, "news", selector, false);
    }

    private void send(String colour, String text) throws Exception {
        MessageProducer producer = session.createProducer(NEWS);
        Message message = session.createTextMessage(text);
        message.setStringProperty("colour", colour);
        producer.send(message);
        producer.close();
    }
}
