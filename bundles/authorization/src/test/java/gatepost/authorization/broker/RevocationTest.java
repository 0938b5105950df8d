package gatepost.authorization.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.InboxConsumer;
import java.io.EOFException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ConsumerId;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.command.SessionId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Live sessions and a map or groups that change under them. */
@Timeout(60)
class RevocationTest {

    private static final String NO_USERS = "entry.admins queue://> read=admins write=admins admin=admins";

    private TestBroker broker;
    private StompClient alice;
    private StompClient system;

    @BeforeEach
    void start() throws Exception {
        broker = new TestBroker(TestBroker.SHIPPED);
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
    void aSubscriptionThatTheNewMapDoesNotAllowIsCutWithAnErrorThatNamesTheDestination() throws Exception {
        assertEquals("ok", alice.subscribe("/queue/user.alice"));
        long before = System.nanoTime();
        broker.put(NO_USERS);
        assertEquals("Denied: read queue://user.alice", StompClient.message(alice.receive()));
        assertThrows(EOFException.class, alice::receive);
        assertTrue(Duration.ofNanos(System.nanoTime() - before).toMillis() < 1000);
        await().until(() -> broker.subscriptions().all().size() == 1);
    }

    @Test
    void everyoneElseNoticesNothing() throws Exception {
        assertEquals("ok", alice.subscribe("/queue/user.alice"));
        assertEquals("ok", system.subscribe("/queue/app.inbox"));
        broker.put(NO_USERS);
        assertTrue(alice.receive().startsWith("ERROR"));
        assertThrows(EOFException.class, alice::receive);
        assertEquals("ok", system.send("/queue/app.inbox", "still here"));
        assertTrue(system.receive().endsWith("still here"));
    }

    @Test
    void aMapThatStillAllowsAllCutsNobody() throws Exception {
        assertEquals("ok", alice.subscribe("/queue/user.alice"));
        for (int i = 0; i < 20; i++) {
            broker.put(TestBroker.SHIPPED);
        }
        assertEquals("ok", system.send("/queue/user.alice", "hello"));
        assertTrue(alice.receive().endsWith("hello"));
    }

    @Test
    void theWholeSessionClosesWhenOneOfItsSubscriptionsIsRevoked() throws Exception {
        broker.put("entry.a queue://a read=users admin=users", "entry.b queue://b read=users admin=users");
        assertEquals("ok", alice.subscribe("/queue/a"));
        assertEquals("ok", alice.subscribe("/queue/b"));
        broker.put("entry.a queue://a read=users admin=users");
        assertEquals("Denied: read queue://b", StompClient.message(alice.receive()));
        assertThrows(EOFException.class, alice::receive);
    }

    @Test
    void whoWatchesAnInboxIsCutLikeAReader() throws Exception {
        SessionSubscriptions session = broker.session("alice");
        InboxConsumer watcher =
                new InboxConsumer(new ConsumerId(new SessionId(session.context().getConnectionId(), 1), 1));
        watcher.setDestination(new ActiveMQQueue("user.alice"));
        watcher.watch();
        session.subscribed(watcher);
        broker.put("entry.own queue://user.{user} read=users", NO_USERS);
        assertEquals("ok", alice.command("BEGIN", "", "transaction:t"));

        broker.put("entry.own queue://user.{user} write=users admin=users", NO_USERS);
        assertEquals("Denied: read queue://user.alice", StompClient.message(alice.receive()));
        assertThrows(EOFException.class, alice::receive);
    }

    @Test
    void whatAClientNoLongerSubscribesToDoesNotCutIt() throws Exception {
        assertEquals("ok", alice.subscribe("/queue/user.alice"));
        assertEquals("ok", system.subscribe("/queue/app.inbox"));
        assertEquals("ok", alice.command("UNSUBSCRIBE", "", "id:/queue/user.alice"));
        broker.put("entry.nothing queue://nothing");
        assertTrue(system.receive().startsWith("ERROR"));
        assertEquals("ok", alice.command("BEGIN", "", "transaction:t"));
        assertTrue(broker.session("alice").destinations().isEmpty());
    }

    @Test
    void aSessionThatOnlyLostWriteStaysUntilItsNextSend() throws Exception {
        assertEquals("ok", alice.subscribe("/queue/user.alice"));
        assertEquals("ok", alice.send("/queue/app.inbox", "x"));
        broker.put("entry.own queue://user.{user} read=users", NO_USERS);
        assertEquals("ok", system.send("/queue/user.alice", "hello"));
        assertTrue(alice.receive().endsWith("hello"));
        assertEquals("Denied: write queue://app.inbox", alice.send("/queue/app.inbox", "x"));
    }

    @Test
    void aSubscriptionWithOptionsIsCutWhenAdminIsRevoked() throws Exception {
        broker.put("entry.a queue://a read=users admin=users");
        assertEquals("ok", alice.subscribe("/queue/a?consumer.exclusive=true"));
        broker.put("entry.a queue://a read=users");
        assertEquals("Denied: read queue://a", StompClient.message(alice.receive()));
    }

    @Test
    void aSubscriptionWithASelectorNeedsNoMoreThanOneWithout() throws Exception {
        broker.put("entry.a queue://a read=users", NO_USERS);
        assertEquals("ok", system.send("/queue/a", "first", "colour:red"));
        assertEquals("ok", alice.subscribe("/queue/a", "selector:colour = 'red'"));
        assertTrue(alice.receive().endsWith("first"));
        broker.put("entry.a queue://a read=users", "entry.b queue://b read=users", NO_USERS);
        assertEquals("ok", system.send("/queue/a", "second", "colour:red"));
        assertTrue(alice.receive().endsWith("second"));
    }

    @Test
    void aTemporarySubscriptionIsCutWhenTheTemporaryLineNoLongerAllowsIt() throws Exception {
        assertEquals("ok", alice.subscribe("/temp-queue/x"));
        broker.put(NO_USERS);
        assertTrue(StompClient.message(alice.receive()).startsWith("Denied: read temp-queue://"));
        await().until(() -> broker.broker
                .getRegionBroker()
                .getDestinationMap(new ActiveMQQueue("x"))
                .isEmpty());
    }

    @Test
    void changedGroupsAreLookedAtOnRequest() throws Exception {
        assertEquals("ok", alice.subscribe("/queue/user.alice"));
        broker.session("alice").context().setSecurityContext(TestBroker.signedIn("alice", "guests"));
        broker.revocation.reevaluate();
        assertEquals("Denied: read queue://user.alice", StompClient.message(alice.receive()));
    }

    @Test
    void aSessionWhoseSecurityContextIsGoneIsCut() throws Exception {
        assertEquals("ok", alice.subscribe("/queue/user.alice"));
        broker.session("alice").context().setSecurityContext(null);
        broker.revocation.reevaluate();
        assertEquals("Denied: read queue://user.alice", StompClient.message(alice.receive()));
    }

    @Test
    void whatTheCutSessionHadNotAcknowledgedGoesBackToItsQueue() throws Exception {
        assertEquals("ok", alice.subscribe("/queue/user.alice", "ack:client-individual"));
        for (int i = 0; i < 10; i++) {
            assertEquals("ok", system.send("/queue/user.alice", "m" + i));
        }
        assertTrue(alice.receive().endsWith("m0"));
        broker.put(NO_USERS);
        await().until(() -> broker.subscriptions().all().size() == 1);
        assertEquals(10, broker.messages(new ActiveMQQueue("user.alice")));
        broker.put(TestBroker.SHIPPED);
        try (StompClient again = broker.client("alice", "users")) {
            assertEquals("ok", again.subscribe("/queue/user.alice"));
            for (int i = 0; i < 10; i++) {
                assertTrue(again.receive().endsWith("m" + i));
            }
        }
    }

    @Test
    void noMessageSentAfterTheChangeReachesTheCutSession() throws Exception {
        assertEquals("ok", alice.subscribe("/queue/user.alice"));
        broker.put(NO_USERS);
        String error = alice.receive();
        assertTrue(error.startsWith("ERROR"), error);
        assertEquals("ok", system.send("/queue/user.alice", "secret"));
        assertThrows(EOFException.class, alice::receive);
        assertEquals(1, broker.messages(new ActiveMQQueue("user.alice")));
    }

    @Test
    void aClientThatReadsNothingIsCutAsWell() throws Exception {
        assertEquals("ok", alice.subscribe("/queue/user.alice", "activemq.prefetchSize:5000"));
        String large = "x".repeat(100_000);
        for (int i = 0; i < 100; i++) {
            assertEquals("ok", system.send("/queue/user.alice", large));
        }
        broker.put(NO_USERS);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> broker.subscriptions().all().size() == 1);
    }

    @Test
    void manySessionsAreCutWithinASecond() throws Exception {
        List<StompClient> clients = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            StompClient client = broker.client("user" + i, "users");
            assertEquals("ok", client.subscribe("/queue/user.user" + i));
            clients.add(client);
        }
        broker.put(NO_USERS);
        await().atMost(Duration.ofSeconds(5))
                .until(() -> broker.subscriptions().all().size() == 2);
        for (StompClient client : clients) {
            assertTrue(client.receive().startsWith("ERROR"));
            client.close();
        }
    }

    @Test
    void aMapThatComesInWhileASubscriptionIsBeingMadeIsHeeded() throws Exception {
        Broker changing = new BrokerFilter(broker.broker.getRegionBroker()) {
            @Override
            public Subscription addConsumer(ConnectionContext context, ConsumerInfo info) throws Exception {
                Subscription subscription = super.addConsumer(context, info);
                broker.gate.put(TestBroker.map(NO_USERS));
                return subscription;
            }
        };
        AuthorizationFilter filter = new AuthorizationFilter(changing, broker.gate, broker.audit, Optional::empty);
        ConnectionContext context = broker.session("alice").context();
        ConsumerInfo info = Crafted.consumer(context, new ActiveMQQueue("user.alice"));
        SecurityException refused = assertThrows(SecurityException.class, () -> filter.addConsumer(context, info));
        assertEquals("Denied: read queue://user.alice", refused.getMessage());
        assertTrue(broker.broker
                .getRegionBroker()
                .getDestinationMap(info.getDestination())
                .get(info.getDestination())
                .getConsumers()
                .isEmpty());
        assertTrue(filter.subscriptions().of(context).subscriptions().isEmpty());
    }

    @Test
    void anOperatorClosesASession() throws Exception {
        broker.revocation.close(broker.session("alice"));
        assertEquals("Closed by an operator", StompClient.message(alice.receive()));
        assertThrows(EOFException.class, alice::receive);
        await().until(() -> broker.subscriptions().all().size() == 1);
    }
}
