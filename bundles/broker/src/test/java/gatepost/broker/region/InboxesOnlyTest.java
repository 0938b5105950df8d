package gatepost.broker.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatepost.contracts.InboxConsumer;
import gatepost.contracts.InboxRequest;
import gatepost.contracts.InboxStart;
import gatepost.contracts.InboxStart.From;
import gatepost.contracts.inbox.Inboxes;
import gatepost.contracts.inbox.LoadedInbox;
import gatepost.contracts.inbox.Room;
import jakarta.jms.InvalidDestinationException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.ProducerBrokerExchange;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.command.ConsumerId;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.command.ProducerInfo;
import org.apache.activemq.command.SessionId;
import org.apache.activemq.security.SecurityContext;
import org.apache.activemq.state.ProducerState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What only an inbox understands, and what becomes of it where there is none. */
class InboxesOnlyTest extends UnloadingBroker {

    private final ConnectionContext context = new ConnectionContext();
    private LoadingRegionBroker all;
    private IndexedQueueRegion region;
    private boolean isInbox;

    @BeforeEach
    void find() throws Exception {
        stop();
        start(0, 0);
        all = (LoadingRegionBroker) broker.getRegionBroker();
        region = (IndexedQueueRegion) all.getQueueRegion();
        context.setBroker(broker.getBroker());
        context.setSecurityContext(SecurityContext.BROKER_SECURITY_CONTEXT);
    }

    @Test
    void aPlainQueueRefusesIt() throws Exception {
        assertRefused("user.alice is no inbox: only an inbox has a state", "user.alice", InboxConsumer::watch);
        assertRefused(
                "user.alice is no inbox: only an inbox remembers a device",
                "user.alice",
                consumer -> consumer.device("phone"));
        assertRefused(
                "user.alice is no inbox: only of an inbox it can be said where a subscription starts",
                "user.alice",
                consumer -> consumer.start(new InboxStart(From.NEW, 0, Optional.empty())));
        assertEquals(List.of(), region.find(ALICE).getConsumers());

        send(ALICE, "one");
        assertEquals(List.of("one"), receive(ALICE, 1));
    }

    @Test
    void manyQueuesRefuseItWhateverTheyAre() {
        for (String many : List.of("user.*", "user.>", "user.alice,user.bob")) {
            assertRefused(many + " is no inbox: only an inbox has a state", many, InboxConsumer::watch);
            assertRefused(
                    many + " is no inbox: only an inbox remembers a device",
                    many,
                    consumer -> consumer.device("phone"));
        }
    }

    @Test
    void whoWatchedAnInboxTakesNothingFromTheQueueThatItIsNow() throws Exception {
        isInbox = true;
        all.inboxes(Optional.of(new OneInbox()));
        region.getDestinationMap().put(ALICE, inbox());
        region.addConsumer(context, consumer("user.alice", InboxConsumer::watch));
        region.getDestinationMap().remove(ALICE);
        isInbox = false;

        send(ALICE, "one");
        assertEquals(List.of(), region.find(ALICE).getConsumers());
        assertEquals(List.of("one"), receive(ALICE, 1));
    }

    @Test
    void whatIsAskedOfAnInboxIsNoMessage() throws Exception {
        send(ALICE, "one");
        for (ActiveMQQueue queue : List.of(ALICE, new ActiveMQQueue("new"))) {
            for (boolean mutable : new boolean[] {true, false}) {
                ProducerBrokerExchange exchange = new ProducerBrokerExchange();
                exchange.setConnectionContext(context);
                exchange.setMutable(mutable);
                exchange.setProducerState(new ProducerState(new ProducerInfo()));
                InboxRequest request = InboxRequest.withdrawal(queue, "7");
                request.setMessageId(new MessageId("ID:m:1:1:1:1"));
                InvalidDestinationException refusal =
                        assertThrows(InvalidDestinationException.class, () -> all.send(exchange, request));
                assertEquals(queue.getPhysicalName() + " is no inbox", refusal.getMessage());
            }
        }
        assertNull(region.find(new ActiveMQQueue("new")));
        assertEquals(List.of("one"), receive(ALICE, 1));
        assertNull(receiveNothing(ALICE));
    }

    private void assertRefused(String reason, String queue, Consumer<InboxConsumer> asked) {
        InboxConsumer consumer = consumer(queue, asked);
        InvalidDestinationException refusal =
                assertThrows(InvalidDestinationException.class, () -> region.addConsumer(context, consumer));
        assertEquals(reason, refusal.getMessage());
    }

    private static InboxConsumer consumer(String queue, Consumer<InboxConsumer> asked) {
        InboxConsumer consumer = new InboxConsumer(new ConsumerId(new SessionId(new ConnectionId("ID:c:1"), 1), 1));
        consumer.setDestination(new ActiveMQQueue(queue));
        consumer.setPrefetchSize(1);
        asked.accept(consumer);
        return consumer;
    }

    /** One that takes what comes and does nothing with it. */
    private static LoadedInbox inbox() {
        return (LoadedInbox) Proxy.newProxyInstance(
                LoadedInbox.class.getClassLoader(),
                new Class<?>[] {LoadedInbox.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getActiveMQDestination" -> ALICE;
                    case "isAsConfigured" -> true;
                    default -> null;
                });
    }

    private final class OneInbox implements Inboxes {

        @Override
        public boolean isInbox(ActiveMQDestination queue) {
            return isInbox;
        }

        @Override
        public LoadedInbox open(Room room) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void whenChanged(Runnable listener) {
            // nothing changes by itself
        }
    }
}
