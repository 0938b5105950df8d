package gatepost.authorization.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.ProducerBrokerExchange;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQMessage;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ActiveMQTempQueue;
import org.apache.activemq.command.BrokerId;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.command.DestinationInfo;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.command.MessagePull;
import org.apache.activemq.command.ProducerInfo;
import org.apache.activemq.command.RemoveSubscriptionInfo;
import org.apache.activemq.filter.ConstantExpression;
import org.apache.activemq.security.SecurityContext;
import org.apache.activemq.state.ProducerState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** The filter's ways in that STOMP clients do not reach by themselves. */
class DirectCallsTest {

    private static final ActiveMQQueue OWN = new ActiveMQQueue("user.alice");
    private static final ActiveMQQueue BOBS = new ActiveMQQueue("user.bob");

    private TestBroker test;
    private Broker broker;
    private StompClient client;
    private ConnectionContext alice;

    @BeforeEach
    void start() throws Exception {
        test = new TestBroker(TestBroker.SHIPPED);
        broker = test.broker.getBroker();
        client = test.client("alice", "users");
        alice = test.session("alice").context();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        test.close();
    }

    @Test
    void destinationsAreCreatedAndRemovedByThoseWhoMayAdminister() throws Exception {
        broker.addDestinationInfo(alice, info(OWN));
        broker.addDestination(alice, OWN, false);
        assertTrue(test.exists(OWN));
        broker.removeDestinationInfo(alice, info(OWN));
        assertFalse(test.exists(OWN));
        denied("admin queue://user.bob", () -> broker.addDestinationInfo(alice, info(BOBS)));
        denied("admin queue://user.bob", () -> broker.addDestination(alice, BOBS, true));
        denied("admin queue://user.bob", () -> broker.removeDestinationInfo(alice, info(BOBS)));
        denied("admin queue://user.bob", () -> broker.removeDestination(alice, BOBS, 0));
    }

    @Test
    void aWildcardIsNeverCreated() {
        ConnectionContext system = Crafted.context("ID:s:1", "system", "admins");
        denied("admin queue://user.*", () -> broker.addDestination(system, new ActiveMQQueue("user.*"), true));
    }

    @Test
    void aCompositeIsCreatedOnlyWhereEachPartMayBe() {
        denied(
                "admin user.alice,user.bob",
                () -> broker.addDestination(alice, new ActiveMQQueue("user.alice,user.bob"), true));
    }

    @Test
    void aTemporaryDestinationIsMadeAndRemovedByItsOwnConnectionOnly() throws Exception {
        ActiveMQTempQueue own = new ActiveMQTempQueue(alice.getConnectionId(), 5);
        ActiveMQTempQueue others = new ActiveMQTempQueue(new ConnectionId("ID:other-1-1:7"), 5);
        broker.addDestinationInfo(alice, info(own));
        denied("admin " + others, () -> broker.addDestinationInfo(alice, info(others)));
        denied("admin " + others, () -> broker.addDestination(alice, others, true));
        denied("admin " + others, () -> broker.removeDestination(alice, others, 0));
        test.put();
        broker.removeDestination(alice, own, 0);
        assertFalse(test.exists(own));
    }

    @Test
    void aTemporaryCompositeIsJudgedByItsParts() {
        ActiveMQDestination composite = ActiveMQDestination.createDestination(
                "temp-queue://" + alice.getConnectionId() + ":1,queue://user.bob", ActiveMQDestination.QUEUE_TYPE);
        assertTrue(composite.isTemporary());
        denied("write " + composite, () -> send(alice, composite));
        denied("read " + composite, () -> broker.addConsumer(alice, Crafted.consumer(alice, composite)));
        denied("admin " + composite, () -> broker.addDestination(alice, composite, false));
    }

    @Test
    void aCompositeOfNothingIsDenied() {
        ConnectionContext system = Crafted.context("ID:s:1", "system", "admins");
        denied("write ,", () -> send(system, new ActiveMQQueue(",")));
    }

    @Test
    void aNameThatLooksLikeAnothersConnectionOwnsNothing() {
        Subject subject = Subject.of(Crafted.context("ID:h:1", "a", "users")).orElseThrow();
        assertTrue(subject.made("ID:h:1:3"));
        assertFalse(subject.made("ID:h:1:3:4"));
        assertFalse(subject.made("ID:h:1"));
        assertFalse(subject.made("ID:h:1:"));
        assertFalse(subject.made("ID:h:1:x"));
        assertFalse(subject.made("ID:h:11:3"));
        assertFalse(Subject.of(Crafted.context("", "a", "users")).orElseThrow().made(":3"));
    }

    @Test
    void aProducerForADestinationNeedsWrite() throws Exception {
        ProducerInfo producer = new ProducerInfo();
        producer.setDestination(BOBS);
        denied("write queue://user.bob", () -> broker.addProducer(alice, producer));
        producer.setDestination(null);
        broker.addProducer(alice, producer);
    }

    @Test
    void aConsumerIdOfAnotherConnectionIsRefused() {
        ConsumerInfo info = Crafted.consumer(Crafted.context("ID:other:1", "bob", "users"), OWN);
        denied("read queue://user.alice", () -> broker.addConsumer(alice, info));
        MessagePull pull = new MessagePull();
        pull.setConsumerId(info.getConsumerId());
        pull.setDestination(OWN);
        denied("read queue://user.alice", () -> broker.messagePull(alice, pull));
    }

    @TestFactory
    Stream<DynamicTest> whatReachesBeyondReadingNeedsAdmin() {
        Map<String, Consumer<ConsumerInfo>> beyond = Map.of(
                "exclusive", info -> info.setExclusive(true),
                "retroactive", info -> info.setRetroactive(true),
                "priority", info -> info.setPriority((byte) 5),
                "a broker of a network", info -> info.setNetworkSubscription(true),
                "consumers of a network", info -> info.addNetworkConsumerId(info.getConsumerId()),
                "a path of brokers", info -> info.setBrokerPath(new BrokerId[] {new BrokerId("other")}),
                "a limit of pending messages", info -> info.setMaximumPendingMessageLimit(5),
                "no range acknowledgements", info -> info.setNoRangeAcks(true),
                "optimised acknowledgements", info -> info.setOptimizedAcknowledge(true));
        return beyond.entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> {
                    ConsumerInfo info = Crafted.consumer(alice, OWN);
                    each.getValue().accept(info);
                    test.put("entry.a queue://user.alice read=users");
                    denied("read queue://user.alice", () -> broker.addConsumer(alice, info));
                    test.put("entry.a queue://user.alice read=users admin=users");
                    broker.addConsumer(alice, info);
                    broker.removeConsumer(alice, info);
                }));
    }

    @Test
    void aPredicateThatIsNotTheBrokersIsRefusedWhateverTheMapSays() {
        ConsumerInfo info = Crafted.consumer(alice, OWN);
        info.setAdditionalPredicate(ConstantExpression.TRUE);
        denied("read queue://user.alice", () -> broker.addConsumer(alice, info));
    }

    @Test
    void aRefusalCannotForgeAFrameOrALogLine() {
        ActiveMQQueue forging = new ActiveMQQueue("a\nERROR\nx");
        denied("read queue://a\\u000aERROR\\u000ax", () -> broker.addConsumer(alice, Crafted.consumer(alice, forging)));
    }

    @Test
    void aBlankBeforeANameMakesItAnother() {
        ActiveMQQueue blank = new ActiveMQQueue(" user.bob");
        denied("read " + blank, () -> broker.addConsumer(alice, Crafted.consumer(alice, blank)));
    }

    @Test
    void aDurableSubscriptionOfAnotherClientIdIsNotRemoved() throws Exception {
        test.put("entry.t topic://> read=users admin=users");
        try (StompClient bob = test.client("bob", "users")) {
            assertEquals("ok", bob.subscribe("/topic/t", "activemq.subscriptionName:s"));
            assertEquals("ok", bob.command("UNSUBSCRIBE", "", "id:/topic/t"));
        }
        await().until(() -> test.subscriptions().all().size() == 1);
        for (String clientId : new String[] {"bob/bob-id", "", "alice", null}) {
            RemoveSubscriptionInfo info = new RemoveSubscriptionInfo();
            info.setClientId(clientId);
            info.setSubscriptionName("s");
            denied("unsubscribe s", () -> broker.removeSubscription(alice, info));
        }
        try (StompClient bob = test.client("bob", "users")) {
            RemoveSubscriptionInfo info = new RemoveSubscriptionInfo();
            // as the client itself knows its id, which authentication puts the user's name before
            info.setClientId("bob-id");
            info.setSubscriptionName("s");
            broker.removeSubscription(test.session("bob").context(), info);
            assertTrue(bob.command("UNSUBSCRIBE", "", "id:x", "activemq.subscriptionName:s")
                    .contains("No durable subscription"));
        }
    }

    @Test
    void aClientsContextWithoutSecurityContextIsDeniedEverything() {
        alice.setSecurityContext(null);
        denied("read queue://user.alice", () -> broker.addConsumer(alice, Crafted.consumer(alice, OWN)));
        denied("write queue://app.inbox", () -> send(alice, new ActiveMQQueue("app.inbox")));
        denied("admin queue://user.alice", () -> broker.addDestination(alice, OWN, false));
    }

    @Test
    void aConnectionThatClaimsToBeTheBrokerIsDenied() {
        alice.setSecurityContext(SecurityContext.BROKER_SECURITY_CONTEXT);
        denied("write queue://user.bob", () -> send(alice, BOBS));
        denied("read queue://user.bob", () -> broker.addConsumer(alice, Crafted.consumer(alice, BOBS)));
        denied("admin queue://user.bob", () -> broker.addDestination(alice, BOBS, false));
    }

    @Test
    void theBrokersOwnContextMayDoEverythingEvenWithoutAMap() throws Exception {
        test.put();
        ConnectionContext own = test.broker.getAdminConnectionContext();
        broker.addDestination(own, BOBS, false);
        send(own, BOBS);
        assertEquals(1, test.messages(BOBS));
        broker.removeDestination(own, BOBS, -1);
        assertFalse(test.exists(BOBS));
    }

    @Test
    void forgettingWhatIsGoneAlreadyRemembersNoSession() throws Exception {
        AuthorizationFilter filter =
                new AuthorizationFilter(test.broker.getRegionBroker(), test.gate, test.audit, Optional::empty);
        filter.removeConsumer(alice, Crafted.consumer(alice, OWN));
        assertTrue(filter.subscriptions().all().isEmpty());
    }

    private void send(ConnectionContext context, ActiveMQDestination destination) throws Exception {
        ProducerBrokerExchange exchange = new ProducerBrokerExchange();
        exchange.setConnectionContext(context);
        exchange.setMutable(true);
        exchange.setProducerState(new ProducerState(new ProducerInfo()));
        ActiveMQMessage message = new ActiveMQMessage();
        message.setDestination(destination);
        message.setMessageId(new MessageId("ID:m:1:1:1:1"));
        broker.send(exchange, message);
    }

    private static DestinationInfo info(ActiveMQDestination destination) {
        return new DestinationInfo(new ConnectionId("ID:x"), DestinationInfo.ADD_OPERATION_TYPE, destination);
    }

    private static void denied(String what, Executable call) {
        assertEquals(
                "Denied: " + what, assertThrows(SecurityException.class, call).getMessage());
    }
}
