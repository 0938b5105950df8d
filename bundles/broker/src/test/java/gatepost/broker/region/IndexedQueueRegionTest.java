package gatepost.broker.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.RegionBroker;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.security.SecurityContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which subscriptions a queue finds when it comes, and what keeps it from going. Nothing is unloaded here by itself. */
class IndexedQueueRegionTest extends UnloadingBroker {

    private static final ActiveMQQueue BOB = new ActiveMQQueue("user.bob");

    private final ConnectionContext context = new ConnectionContext();
    private IndexedQueueRegion region;

    @BeforeEach
    void find() throws Exception {
        stop();
        start(0, 0);
        region = (IndexedQueueRegion) ((RegionBroker) broker.getRegionBroker()).getQueueRegion();
        context.setBroker(broker.getBroker());
        context.setSecurityContext(SecurityContext.BROKER_SECURITY_CONTEXT);
    }

    @Test
    void aQueueThatComesFindsThoseWhoReadItAndNobodyElse() throws Exception {
        MessageConsumer own = session.createConsumer(ALICE);
        MessageConsumer every = session.createConsumer(new ActiveMQQueue("user.>"));
        send(BOB, "one");
        MessageConsumer both = session.createConsumer(new ActiveMQQueue("user.bob,user.carol"));

        awaitConsumers(2, ALICE);
        awaitConsumers(2, BOB);
        send(new ActiveMQQueue("user.dave"), "one");
        awaitConsumers(1, new ActiveMQQueue("user.dave"));
        send(new ActiveMQQueue("other"), "one");
        awaitConsumers(0, new ActiveMQQueue("other"));

        own.close();
        every.close();
        both.close();
        awaitConsumers(0, ALICE);
    }

    @Test
    void whoHasLeftIsNotFoundAgain() throws Exception {
        session.createConsumer(ALICE).close();
        session.createConsumer(new ActiveMQQueue("user.>")).close();
        awaitConsumers(0, ALICE);
        broker.getRegionBroker().removeDestination(context, ALICE, 0);
        assertNull(region.find(ALICE));

        send(ALICE, "one");
        awaitConsumers(0, ALICE);
    }

    @Test
    void aQueueThatSomebodyReadsIsNotRemoved() throws Exception {
        MessageConsumer reader = session.createConsumer(ALICE);
        assertThrows(JMSException.class, () -> broker.getRegionBroker().removeDestination(context, ALICE, 0));
        assertNotNull(region.find(ALICE));

        reader.close();
        awaitConsumers(0, ALICE);
        broker.getRegionBroker().removeDestination(context, ALICE, 0);
        assertNull(region.find(ALICE));
        // what is not there need not be removed
        broker.getRegionBroker().removeDestination(context, ALICE, 0);
    }

    @Test
    void aReaderOfAllDoesNotKeepAQueueFromBeingRemovedByForce() throws Exception {
        MessageConsumer every = session.createConsumer(new ActiveMQQueue("user.>"));
        send(BOB, "one");
        assertThrows(JMSException.class, () -> broker.getRegionBroker().removeDestination(context, BOB, 0));
        int before = region.size();
        broker.getRegionBroker().removeDestination(context, BOB, 1);
        assertEquals(before - 1, region.size());
        every.close();
    }

    private void awaitConsumers(long count, ActiveMQQueue queue) {
        Awaitility.await().until(() -> region.find(queue) != null && consumers(queue) == count);
    }

    private long consumers(ActiveMQQueue queue) {
        return region.find(queue).getDestinationStatistics().getConsumers().getCount();
    }
}
