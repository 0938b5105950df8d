package gatepost.authorization.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ActiveMQTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the broker does of its own accord goes on behind the gate, on whosever thread it happens. */
class BrokersOwnCallsTest {

    private static final ActiveMQQueue DEAD_LETTERS = new ActiveMQQueue("ActiveMQ.DLQ");

    private TestBroker broker;
    private StompClient alice;
    private StompClient system;

    @BeforeEach
    void start() throws Exception {
        broker =
                new TestBroker(Map.of("advisories", true, "expiry.check", 50, "queue.unload", 100), TestBroker.SHIPPED);
        alice = broker.client("alice", "users");
        system = broker.client("system", "admins");
    }

    @AfterEach
    void stop() throws Exception {
        alice.close();
        system.close();
        broker.close();
    }

    @Test
    void whatAUserRefusesGoesToTheDeadLetterQueueThatOnlyAdministratorsRead() throws Exception {
        assertEquals("ok", alice.subscribe("/queue/user.alice", "ack:client-individual"));
        assertEquals("ok", system.send("/queue/user.alice", "bad", "persistent:true"));
        String ack = StompClient.header(alice.receive(), "ack");
        assertEquals("ok", alice.command("NACK", "", "id:" + ack));
        await().until(() -> broker.messages(DEAD_LETTERS) == 1);
        assertEquals("ok", system.subscribe("/queue/ActiveMQ.DLQ"));
        assertTrue(system.receive().endsWith("bad"));
        assertEquals("Denied: read queue://ActiveMQ.DLQ", alice.subscribe("/queue/ActiveMQ.DLQ"));
    }

    @Test
    void whatExpiresIsRemovedByTheBroker() throws Exception {
        assertEquals(
                "ok",
                system.send(
                        "/queue/user.alice",
                        "late",
                        "persistent:true",
                        "expires:" + (System.currentTimeMillis() + 100)));
        await().until(() -> broker.messages(new ActiveMQQueue("user.alice")) == 0);
        assertEquals(List.of(), broker.audit.recentDenials());
    }

    @Test
    void advisoriesAreSentByTheBrokerAndReadByThoseWhomTheMapAllows() throws Exception {
        ActiveMQTopic topic = new ActiveMQTopic("ActiveMQ.Advisory.Consumer.Queue.user.alice");
        assertEquals("ok", system.subscribe("/topic/" + topic.getPhysicalName()));
        assertEquals("ok", alice.subscribe("/queue/user.alice"));
        await().until(() -> broker.broker
                        .getBroker()
                        .getDestinationMap(topic)
                        .get(topic)
                        .getDestinationStatistics()
                        .getDispatched()
                        .getCount()
                == 1);
        assertEquals(
                "Denied: write",
                alice.send("/topic/ActiveMQ.Advisory.Consumer.Queue.user.bob", "x")
                        .substring(0, 13));
    }

    @Test
    void advisoriesAreNotReadByUsers() throws Exception {
        assertEquals("Denied: read topic://ActiveMQ.Advisory.>", alice.subscribe("/topic/ActiveMQ.Advisory.>"));
    }
}
