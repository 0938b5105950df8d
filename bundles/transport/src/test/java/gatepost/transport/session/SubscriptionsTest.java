package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.transport.Options;
import gatepost.transport.connector.CloseReason;
import gatepost.transport.frame.Frame;
import gatepost.transport.frame.StompVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.command.ConnectionInfo;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.command.RemoveInfo;
import org.apache.activemq.command.Response;
import org.apache.activemq.command.SessionId;
import org.apache.activemq.transport.DefaultTransportListener;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {

    private static final ConnectionId CONNECTION = new ConnectionId("c1");

    private final List<Object> commands = new ArrayList<>();
    private final BrokerLink broker = new BrokerLink(new DefaultTransportListener() {
        @Override
        public void onCommand(Object command) {
            commands.add(command);
            broker.response(new Response());
        }
    });
    private final Subscriptions subscriptions = new Subscriptions(new ConnectionInfo(CONNECTION), new SessionId(CONNECTION, 1),
            broker, new DestinationNames(CONNECTION, broker, 2), Options.with("subscriptions.max", 2, "prefetch.auto", 7,
                    "prefetch.client", 9), StompVersion.V1_2);

    @Test
    void aConsumerHasTheWindowOfItsAckMode() throws Refusal {
        assertEquals(7, subscribe("id", "1", "destination", "/queue/a").getPrefetchSize());
        assertEquals(9, subscribe("id", "2", "destination", "/queue/a", "ack", "client").getPrefetchSize());
    }

    @Test
    void aMessageIsHandedOverInsideItsDispatch() throws Refusal {
        // asynchronously ActiveMQ's durable subscriptions would iterate over what waits from within that same iteration
        assertFalse(subscribe("id", "1", "destination", "/topic/a", "activemq.subscriptionName", "news").isDispatchAsync());
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

    private ConsumerInfo subscribe(String... headers) throws Refusal {
        subscriptions.subscribe(frame("SUBSCRIBE", headers));
        return (ConsumerInfo) commands.get(commands.size() - 1);
    }

    private static Frame frame(String command, String... headers) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return new Frame(command, all, new byte[0]);
    }
}
