package gatepost.broker.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.DeliveryMode;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.activemq.command.ActiveMQQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Queues that the broker unloads and loads. */
class UnloadableQueueTest extends UnloadingBroker {

    @Test
    void aQueueThatNobodyReadsIsInTheStoreOnlyUntilSomebodyComes() throws Exception {
        send(ALICE, "one", "two", "three");
        awaitGone(ALICE);

        assertEquals(List.of("one", "two", "three"), receive(ALICE, 3));
        assertTrue(isIn(ALICE));
    }

    @Test
    void whatComesWhileItIsAwayComesAfterWhatWaits() throws Exception {
        send(ALICE, "one");
        awaitGone(ALICE);
        send(ALICE, "two");
        awaitGone(ALICE);
        send(ALICE, "three");

        assertEquals(List.of("one", "two", "three"), receive(ALICE, 3));
    }

    @Test
    void nothingIsLostOrDoubledHoweverOftenItIsUnloadedInBetween() throws Exception {
        List<String> sent =
                IntStream.range(0, 2_000).mapToObj(Integer::toString).toList();
        for (String text : sent) {
            send(ALICE, text);
        }
        awaitGone(ALICE);

        assertEquals(sent, receive(ALICE, sent.size()));
        assertNull(receiveNothing(ALICE));
    }

    @Test
    void aSubscriptionWithAWildcardGetsWhatIsInTheStoreOnly() throws Exception {
        ActiveMQQueue bob = new ActiveMQQueue("user.bob");
        send(ALICE, "for alice");
        send(bob, "for bob");
        awaitGone(ALICE);
        awaitGone(bob);

        List<String> got = new ArrayList<>(receive(new ActiveMQQueue("user.>"), 2));
        got.sort(null);
        assertEquals(List.of("for alice", "for bob"), got);
    }

    @Test
    void afterAStartNoQueueIsInUntilSomebodyComes() throws Exception {
        send(ALICE, "before");
        stop();
        start(0, 0);

        assertFalse(isIn(ALICE));
        assertEquals(List.of("before"), receive(ALICE, 1));
    }

    @Test
    void whoeverAsksWhetherItExistsIsToldThatItDoes() throws Exception {
        send(ALICE, "one");
        awaitGone(ALICE);

        assertTrue(broker.getRegionBroker().getDestinationMap(ALICE).containsKey(ALICE));
        ActiveMQQueue nobody = new ActiveMQQueue("user.nobody");
        assertFalse(broker.getRegionBroker().getDestinationMap(nobody).containsKey(nobody));
    }

    @Test
    void whatIsNotInTheStoreKeepsItIn() throws Exception {
        ActiveMQQueue other = new ActiveMQQueue("other");
        MessageProducer producer = session.createProducer(ALICE);
        producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
        producer.send(session.createTextMessage("in memory"));
        send(other, "stored");
        awaitGone(other);

        assertTrue(isIn(ALICE));
        assertEquals(List.of("in memory"), receive(ALICE, 1));
    }

    @Test
    void whatExpiresInTheStoreIsDropped() throws Exception {
        MessageProducer producer = session.createProducer(ALICE);
        producer.setTimeToLive(50);
        producer.send(session.createTextMessage("too late"));

        Awaitility.await().until(() -> store.createQueueMessageStore(ALICE).getMessageCount() == 0);
    }

    @Test
    void anEmptyQueueIsForgottenInTheEnd() throws Exception {
        stop();
        start(1, 50);
        send(ALICE, "one");
        assertEquals(List.of("one"), receive(ALICE, 1));

        Awaitility.await().until(() -> !store.holds(ALICE));
        send(ALICE, "two");
        assertEquals(List.of("two"), receive(ALICE, 1));
    }

    @Test
    void moreIdleQueuesThanThereIsRoomForDoNotStay() throws Exception {
        stop();
        start(3_600_000, 0, 10);
        MessageConsumer reader = session.createConsumer(ALICE);
        for (int i = 0; i < 2 * LoadingRegionBroker.SWEEP; i++) {
            send(new ActiveMQQueue("user." + i), "one");
        }
        send(ALICE, "one");

        AtomicInteger others = new AtomicInteger();
        Awaitility.await().until(() -> {
            send(new ActiveMQQueue("other." + others.incrementAndGet()), "one");
            return queues() <= 12;
        });
        assertEquals("one", ((TextMessage) reader.receive(PATIENCE)).getText());
        reader.close();
        assertEquals(List.of("one"), receive(new ActiveMQQueue("user.7"), 1));
    }

    @Test
    void aBrokerThatNeverUnloadsNeverHasTooManyIdleQueues() throws Exception {
        stop();
        start(0, 0, 10);
        for (int i = 0; i < 20; i++) {
            send(new ActiveMQQueue("user." + i), "one");
        }

        assertEquals(20, queues());
        assertFalse(((LoadingRegionBroker) broker.getRegionBroker()).hasTooManyIdle());
    }
}
