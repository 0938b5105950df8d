package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.InboxConsumer;
import gatepost.contracts.InboxStart;
import gatepost.contracts.InboxStart.From;
import gatepost.transport.Options;
import gatepost.transport.connector.CloseReason;
import gatepost.transport.frame.Frame;
import gatepost.transport.frame.StompVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.activemq.command.ActiveMQBytesMessage;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.command.ConnectionInfo;
import org.apache.activemq.command.MessageDispatch;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.command.RemoveInfo;
import org.apache.activemq.command.RemoveSubscriptionInfo;
import org.apache.activemq.command.Response;
import org.apache.activemq.command.SessionId;
import org.apache.activemq.transport.DefaultTransportListener;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {

    private static final ConnectionId CONNECTION = new ConnectionId("c1");

    private static final OwnDestinations NOTHING_OWN = new OwnDestinations(Optional::empty, () -> "alice", null);

    private final List<Object> commands = new ArrayList<>();
    private final BrokerLink broker = new BrokerLink(new DefaultTransportListener() {
        @Override
        public void onCommand(Object command) {
            commands.add(command);
            broker.response(new Response());
        }
    });
    private final ConnectionInfo connection = new ConnectionInfo(CONNECTION);
    private final Subscriptions subscriptions = new Subscriptions(
            connection,
            new SessionId(CONNECTION, 1),
            broker,
            new DestinationNames(CONNECTION, broker, 2, Holdings.NONE),
            NOTHING_OWN,
            Options.with("subscriptions.max", 2, "prefetch.auto", 7, "prefetch.client", 9),
            Holdings.NONE,
            StompVersion.V1_2);

    @Test
    void aConsumerHasTheWindowOfItsAckMode() throws Refusal {
        assertEquals(7, subscribe("id", "1", "destination", "/queue/a").getPrefetchSize());
        assertEquals(
                9,
                subscribe("id", "2", "destination", "/queue/a", "ack", "client").getPrefetchSize());
    }

    @Test
    void aWindowMayBeNamedAsRabbitMqDoes() throws Refusal {
        assertEquals(
                3,
                subscribe("id", "1", "destination", "/queue/a", "prefetch-count", "3")
                        .getPrefetchSize());
        assertEquals(
                7,
                subscribe("id", "2", "destination", "/queue/a", "prefetch-count", "0")
                        .getPrefetchSize());
    }

    @Test
    void aMessageIsHandedOverInsideItsDispatch() throws Refusal {
        // asynchronously ActiveMQ's durable subscriptions would iterate over what waits from within that same iteration
        assertFalse(subscribe("id", "1", "destination", "/topic/a", "activemq.subscriptionName", "news")
                .isDispatchAsync());
    }

    @Test
    void aDurableSubscriptionMayBeNamedAsApolloDoes() throws Refusal {
        assertEquals(
                "news",
                subscribe("id", "1", "destination", "/topic/a", "durable-subscription-name", "news")
                        .getSubscriptionName());
        subscriptions.unsubscribe(frame("UNSUBSCRIBE", "id", "1", "durable-subscription-name", "news"));
        assertTrue(commands.get(commands.size() - 1) instanceof RemoveSubscriptionInfo);
    }

    @Test
    void whoAsksForADurableSubscriptionGetsOneOrAnError() throws Refusal {
        Refusal refusal =
                assertThrows(Refusal.class, () -> subscribe("id", "1", "destination", "/topic/a", "durable", "true"));
        assertTrue(refusal.getMessage().contains("activemq.subscriptionName"), refusal.getMessage());
        subscribe("id", "2", "destination", "/queue/a", "durable", "true", "auto-delete", "false");

        connection.setClientId("alice/" + CONNECTION);
        assertTrue(assertThrows(
                        Refusal.class,
                        () -> subscribe("id", "3", "destination", "/topic/a", "durable-subscription-name", "n"))
                .getMessage()
                .contains("client-id"));
    }

    @Test
    void anInboxHearsWhereTheClientAsksItToBegin() throws Refusal {
        assertEquals(
                Optional.of(new InboxStart(From.AFTER, 17, Optional.of("e-1"))),
                subscribe("id", "1", "destination", "/queue/a", "gatepost-offset", "17", "gatepost-epoch", "e-1")
                        .start());
        assertEquals(
                Optional.empty(),
                subscribe("id", "2", "destination", "/queue/a").start());
    }

    @Test
    void anInboxHearsOfTheClientsDevice() throws Refusal {
        assertEquals(
                Optional.of("phone"),
                subscribe("id", "1", "destination", "/queue/a", "gatepost-device", "phone")
                        .device());
        InboxConsumer none = subscribe("id", "2", "destination", "/queue/a");
        assertEquals(Optional.empty(), none.device());
        assertFalse(none.isWatching());
    }

    @Test
    void ofASubscribeThatIsRefusedNothingStays() throws Refusal {
        Refusal refusal = assertThrows(
                Refusal.class, () -> subscribe("id", "1", "destination", "/queue/a", "gatepost-once", "1"));
        assertEquals("the header gatepost-once is unknown on SUBSCRIBE", refusal.getMessage());
        assertEquals(List.of(), commands);
        subscribe("id", "1", "destination", "/queue/a");
    }

    @Test
    void anIdIsFreeAgainAfterUnsubscribe() throws Refusal {
        subscribe("id", "1", "destination", "/queue/a");
        assertThrows(Refusal.class, () -> subscribe("id", "1", "destination", "/queue/b"));

        subscriptions.unsubscribe(frame("UNSUBSCRIBE", "id", "1"));

        assertTrue(commands.get(commands.size() - 1) instanceof RemoveInfo);
        subscribe("id", "1", "destination", "/queue/b");
    }

    @Test
    void moreSubscriptionsThanAllowedAreRefused() throws Refusal {
        subscribe("id", "1", "destination", "/queue/a");
        subscribe("id", "2", "destination", "/queue/a");

        Refusal refusal = assertThrows(Refusal.class, () -> subscribe("id", "3", "destination", "/queue/a"));

        assertEquals(CloseReason.POLICY, refusal.reason());
    }

    /** What is acknowledged late, over the next connection, must not meet another message under its name. */
    @Test
    void noTwoConnectionsHaveAnAckIdInCommon() throws Exception {
        Set<String> ids = new HashSet<>();
        for (int connection = 0; connection < 100; connection++) {
            Subscriptions fresh = new Subscriptions(
                    new ConnectionInfo(CONNECTION),
                    new SessionId(CONNECTION, 1),
                    broker,
                    new DestinationNames(CONNECTION, broker, 2, Holdings.NONE),
                    NOTHING_OWN,
                    Options.with("subscriptions.max", 2),
                    Holdings.NONE,
                    StompVersion.V1_2);
            fresh.subscribe(frame("SUBSCRIBE", "id", "1", "destination", "/queue/a", "ack", "client"), false);
            fresh.subscribe(frame("SUBSCRIBE", "id", "2", "destination", "/queue/a", "ack", "client"), false);
            for (Subscription subscription : fresh.all()) {
                for (int message = 0; message < 3; message++) {
                    String id = ackId(subscription, message);
                    assertTrue(ids.add(id), id);
                    assertTrue(id.length() <= 20, id);
                }
            }
        }
    }

    private static String ackId(Subscription subscription, int number) throws IOException {
        ActiveMQBytesMessage message = new ActiveMQBytesMessage();
        message.setDestination(new ActiveMQQueue("a"));
        message.setMessageId(new MessageId("p:1:1", number));
        MessageDispatch dispatch = new MessageDispatch();
        dispatch.setMessage(message);
        ByteBuf frame = subscription.encode(dispatch, UnpooledByteBufAllocator.DEFAULT);
        String text = frame.toString(StandardCharsets.UTF_8);
        frame.release();
        return text.lines()
                .filter(line -> line.startsWith("ack:"))
                .findFirst()
                .orElseThrow()
                .substring(4);
    }

    private InboxConsumer subscribe(String... headers) throws Refusal {
        subscriptions.subscribe(frame("SUBSCRIBE", headers), false);
        return (InboxConsumer) commands.get(commands.size() - 1);
    }

    private static Frame frame(String command, String... headers) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return new Frame(command, all, new byte[0]);
    }
}
