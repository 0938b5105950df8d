package gatepost.authorization.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatepost.authorization.api.Denial;
import gatepost.authorization.engine.Gate;
import gatepost.contracts.GateQuestion;
import gatepost.contracts.GateQuestion.Right;
import gatepost.contracts.InboxConsumer;
import gatepost.contracts.InboxNames;
import gatepost.contracts.InboxRequest;
import gatepost.contracts.InboxRequest.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.EmptyBroker;
import org.apache.activemq.broker.ProducerBrokerExchange;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ConsumerId;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.SessionId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What may be asked of an inbox that is no message, and who may watch one. */
class InboxesTest {

    private static final ActiveMQQueue INBOX = new ActiveMQQueue("user.alice");

    private final Gate gate = new Gate();
    private final Audit audit = new Audit();
    private final List<Message> passed = new ArrayList<>();
    private final ConnectionContext alice = Crafted.context("ID:c:1", "alice", "users");
    private final Broker inboxes = new BrokerFilter(new EmptyBroker()) {

        @Override
        public Subscription addConsumer(ConnectionContext context, ConsumerInfo info) {
            return null;
        }

        @Override
        public void send(ProducerBrokerExchange exchange, Message message) {
            passed.add(message);
        }

        @Override
        public Map<ActiveMQDestination, Destination> getDestinationMap(ActiveMQDestination destination) {
            return Map.of();
        }

        @Override
        public Destination addDestination(ConnectionContext context, ActiveMQDestination made, boolean temporary) {
            return null;
        }
    };
    private final AuthorizationFilter filter =
            new AuthorizationFilter(inboxes, gate, audit, () -> Optional.of(new Inboxes()));

    @BeforeEach
    void nobodyMayAnything() {
        gate.put(TestBroker.map());
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "WITHDRAW")
    void whatTheOwnerAsksNeedsRead(Kind kind) throws Exception {
        InboxRequest request =
                InboxRequest.mark(INBOX, kind, OptionalLong.empty(), OptionalLong.of(1), Optional.of("e-1"));
        gate.put(TestBroker.map("entry.a queue://user.alice write=users admin=users"));
        assertDenied("read", request);

        gate.put(TestBroker.map("entry.a queue://user.alice read=users"));
        assertPasses(request);
        assertEquals(false, request.isByAdministrator());
    }

    @Test
    void whoTakesAMessageBackNeedsWrite() throws Exception {
        InboxRequest request = InboxRequest.withdrawal(INBOX, "7");
        gate.put(TestBroker.map("entry.a queue://user.alice read=users admin=users"));
        assertDenied("write", request);
        assertEquals(false, request.isByAdministrator());

        gate.put(TestBroker.map("entry.a queue://user.alice write=users"));
        assertPasses(request);
        assertEquals(false, request.isByAdministrator());
        // what nobody asked for is denied nobody
        assertEquals(
                List.of("write"),
                audit.recentDenials().stream().map(Denial::operation).toList());
    }

    @Test
    void whoMayAdministerTheInboxTakesAnyBack() throws Exception {
        InboxRequest request = InboxRequest.withdrawal(INBOX, "7");
        gate.put(TestBroker.map("entry.a queue://user.alice write=users admin=users"));
        assertPasses(request);
        assertEquals(true, request.isByAdministrator());

        InboxRequest mark =
                InboxRequest.mark(INBOX, Kind.READ, OptionalLong.of(1), OptionalLong.empty(), Optional.of("e-1"));
        gate.put(TestBroker.map("entry.a queue://user.alice read=users admin=users"));
        assertPasses(mark);
        assertEquals(false, mark.isByAdministrator());
    }

    @Test
    void whoIsNobodyAsksNothing() {
        gate.put(TestBroker.map("entry.a queue://> read=* write=* admin=*"));
        alice.setSecurityContext(null);
        assertDenied("write", InboxRequest.withdrawal(INBOX, "7"));
        assertDenied(
                "read",
                InboxRequest.mark(INBOX, Kind.SEEN, OptionalLong.empty(), OptionalLong.of(1), Optional.of("e-1")));
    }

    @Test
    void whoWatchesAnInboxIsAReader() throws Exception {
        InboxConsumer watcher = watcher();
        gate.put(TestBroker.map("entry.a queue://user.alice write=users admin=users"));
        SecurityException denial = assertThrows(SecurityException.class, () -> filter.addConsumer(alice, watcher));
        assertEquals("Denied: read queue://user.alice", denial.getMessage());
        assertEquals(List.of(), List.copyOf(filter.subscriptions().of(alice).subscriptions()));

        gate.put(TestBroker.map("entry.a queue://user.alice read=users"));
        filter.addConsumer(alice, watcher);
        assertEquals(
                List.of(watcher), List.copyOf(filter.subscriptions().of(alice).subscriptions()));
        assertEquals(
                List.of("queue://user.alice"),
                filter.subscriptions().of(alice).deniedBy(TestBroker.map("entry.a queue://user.bob read=users")));
    }

    @Test
    void anInboxIsThereForWhoMaySendToItAndAnyOtherQueueIsMadeByAnAdministrator() throws Exception {
        gate.put(TestBroker.map("entry.a queue://> write=users"));
        filter.addDestination(alice, new ActiveMQQueue("user.bob"), true);
        assertNotMade("other.bob");

        gate.put(TestBroker.map("entry.a queue://> read=users"));
        assertNotMade("user.bob");
        gate.put(TestBroker.map("entry.a queue://> admin=users"));
        filter.addDestination(alice, new ActiveMQQueue("user.bob"), true);
        filter.addDestination(alice, new ActiveMQQueue("other.bob"), true);
    }

    private void assertNotMade(String queue) {
        SecurityException denial = assertThrows(
                SecurityException.class, () -> filter.addDestination(alice, new ActiveMQQueue(queue), true));
        assertEquals("Denied: admin queue://" + queue, denial.getMessage());
    }

    @ParameterizedTest
    @EnumSource
    void aQuestionIsAnsweredByTheGateAndGoesNoFurther(Right right) throws Exception {
        GateQuestion question = new GateQuestion(right, INBOX);
        gate.put(TestBroker.map());
        SecurityException denial = assertThrows(SecurityException.class, () -> filter.send(exchange(), question));
        String word = right.name().toLowerCase(Locale.ROOT);
        assertEquals("Denied: " + word + " queue://user.alice", denial.getMessage());
        assertEquals(false, question.isGranted());

        gate.put(TestBroker.map("entry.a queue://user.alice " + word + "=users"));
        filter.send(exchange(), question);
        assertEquals(true, question.isGranted());
        assertEquals(List.of(), passed);
        assertEquals(
                List.of(word),
                audit.recentDenials().stream().map(Denial::operation).toList());
    }

    private InboxConsumer watcher() {
        InboxConsumer watcher = new InboxConsumer(new ConsumerId(new SessionId(alice.getConnectionId(), 1), 1));
        watcher.setDestination(INBOX);
        watcher.watch();
        return watcher;
    }

    private void assertPasses(InboxRequest request) throws Exception {
        passed.clear();
        filter.send(exchange(), request);
        assertEquals(List.of(request), passed);
    }

    private void assertDenied(String operation, InboxRequest request) {
        passed.clear();
        SecurityException denial = assertThrows(SecurityException.class, () -> filter.send(exchange(), request));
        assertEquals("Denied: " + operation + " queue://user.alice", denial.getMessage());
        assertEquals(List.of(), passed);
    }

    private ProducerBrokerExchange exchange() {
        ProducerBrokerExchange exchange = new ProducerBrokerExchange();
        exchange.setConnectionContext(alice);
        return exchange;
    }

    /** Queues that begin with {@code user.}. */
    private static final class Inboxes implements InboxNames {

        @Override
        public Set<String> kinds() {
            return Set.of("user");
        }

        @Override
        public Optional<ActiveMQQueue> inbox(String user, Optional<String> kind) {
            return Optional.of(new ActiveMQQueue("user." + user));
        }

        @Override
        public boolean isInbox(String queue) {
            return queue.startsWith("user.");
        }

        @Override
        public boolean isToMany(String queue) {
            return false;
        }

        @Override
        public Optional<ActiveMQQueue> audience(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<ActiveMQQueue> everyone() {
            return Optional.empty();
        }

        @Override
        public Optional<ActiveMQQueue> online() {
            return Optional.empty();
        }
    }
}
