package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.transport.connector.CloseReason;
import java.util.Map;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ActiveMQTopic;
import org.apache.activemq.command.ConsumerId;
import org.apache.activemq.command.ConsumerInfo;
import org.junit.jupiter.api.Test;

class ConsumerExtensionsTest {

    private final ConsumerInfo consumer = new ConsumerInfo(new ConsumerId("c:1:1"));

    @Test
    void whatTakesFromOtherConsumersBecomesAnOptionOfTheDestination() throws Refusal {
        assertEquals(
                "consumer.exclusive=true&consumer.priority=5",
                ConsumerExtensions.privileged(Map.of("priority", "5", "exclusive", "true", "prefetchSize", "1")));
    }

    @Test
    void anOptionCannotBeSmuggledInThroughAValue() {
        assertThrows(Refusal.class, () -> ConsumerExtensions.privileged(Map.of("priority", "1,queue://user.bob")));
        assertThrows(Refusal.class, () -> ConsumerExtensions.privileged(Map.of("exclusive", "true&x=y")));
    }

    @Test
    void whatNobodyNeedsIsRefused() {
        Refusal refusal =
                assertThrows(Refusal.class, () -> ConsumerExtensions.privileged(Map.of("networkSubscription", "true")));
        assertTrue(refusal.getMessage().contains("activemq.networkSubscription"));
        assertEquals(CloseReason.POLICY, refusal.reason());
    }

    @Test
    void thePrefetchCanOnlyBeMadeSmaller() throws Refusal {
        consumer.setPrefetchSize(100);
        ConsumerExtensions.apply(consumer, Map.of("prefetchSize", "1000000"), new ActiveMQQueue("q"));
        assertEquals(100, consumer.getPrefetchSize());
        ConsumerExtensions.apply(consumer, Map.of("prefetchSize", "1"), new ActiveMQQueue("q"));
        assertEquals(1, consumer.getPrefetchSize());
        assertThrows(
                Refusal.class,
                () -> ConsumerExtensions.apply(consumer, Map.of("prefetchSize", "0"), new ActiveMQQueue("q")));
    }

    @Test
    void optionsThatTheGateLetsThroughTakeEffect() throws Refusal {
        ConsumerExtensions.apply(
                consumer, Map.of(), new ActiveMQQueue("q?consumer.exclusive=true&consumer.priority=3"));
        assertTrue(consumer.isExclusive());
        assertEquals(3, consumer.getPriority());
    }

    @Test
    void onlyTopicsHaveDurableSubscriptions() throws Refusal {
        assertThrows(
                Refusal.class,
                () -> ConsumerExtensions.apply(consumer, Map.of("subscriptionName", "s"), new ActiveMQQueue("q")));
        ConsumerExtensions.apply(consumer, Map.of("subscriptionName", "s"), new ActiveMQTopic("t"));
        assertEquals("s", consumer.getSubscriptionName());
    }
}
