package gatepost.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.configuration.LoggingConfigurationReports;
import jakarta.jms.InvalidDestinationException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.activemq.broker.Connection;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.EmptyBroker;
import org.apache.activemq.broker.ProducerBrokerExchange;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.command.ActiveMQBytesMessage;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InboxFilterTest {

    private final List<Message> passed = new ArrayList<>();
    private final Map<ActiveMQDestination, Destination> there = new HashMap<>();
    private final InboxFilter filter = new InboxFilter(
            new EmptyBroker() {
                @Override
                public void send(ProducerBrokerExchange exchange, Message message) {
                    passed.add(message);
                }

                @Override
                public Map<ActiveMQDestination, Destination> getDestinationMap(ActiveMQDestination destination) {
                    return there;
                }

                @Override
                public Destination addDestination(
                        ConnectionContext context, ActiveMQDestination destination, boolean createTemporary) {
                    assertTrue(context.getSecurityContext().isBrokerContext());
                    there.put(destination, null);
                    return null;
                }
            },
            new InboxService(
                    new LoggingConfigurationReports(),
                    new KnownUsers(),
                    Map.of(
                            "service.pid",
                            InboxService.PID,
                            "inbox.user",
                            "queue://user.{user}",
                            "audience.everyone",
                            "queue://everyone")));

    private void send(Connection client, String queue, String name) throws Exception {
        ConnectionContext context = new ConnectionContext();
        context.setConnection(client);
        ProducerBrokerExchange exchange = new ProducerBrokerExchange();
        exchange.setConnectionContext(context);
        Message message = new ActiveMQBytesMessage();
        message.setDestination(new ActiveMQQueue(queue));
        message.setProperty(name, "1");
        filter.send(exchange, message);
    }

    private static Connection client() {
        return (Connection) Proxy.newProxyInstance(
                InboxFilterTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"gatepost-id", "gatepost-once", "gatepost-collapse"})
    void aClientThatGivesANameToAMessageForAnotherQueueIsRefused(String name) throws Exception {
        InvalidDestinationException refusal =
                assertThrows(InvalidDestinationException.class, () -> send(client(), "app.inbox", name));
        assertTrue(refusal.getMessage().contains(name), refusal.getMessage());
        send(client(), "user.alice", name);
        assertEquals(1, passed.size());
    }

    @Test
    void theBrokerMovesWhatHasANameToTheDeadLetters() throws Exception {
        send(null, "ActiveMQ.DLQ", "gatepost-id");
        assertEquals(1, passed.size());
    }

    /** Else who may send to it would have to be allowed to make it. */
    @Test
    void anAudienceIsThereForWhoeverAsks() {
        ActiveMQQueue everyone = new ActiveMQQueue("everyone");
        assertTrue(filter.getDestinationMap(everyone).containsKey(everyone));
        filter.getDestinationMap(new ActiveMQQueue("user.alice"));
        filter.getDestinationMap(new ActiveMQQueue("app.inbox"));
        assertEquals(Set.of(everyone), there.keySet());
    }
}
