package gatepost.broker.plugin;

import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.ProducerBrokerExchange;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.ConnectionInfo;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.command.DestinationInfo;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessagePull;
import org.apache.activemq.command.ProducerInfo;
import org.apache.activemq.command.RemoveSubscriptionInfo;
import org.apache.activemq.command.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses whatever a client may ask for while a required plugin is missing. The connectors are closed as well; this stands
 * behind them so that a client which slips in between is refused and not let through unchecked. What the broker does of
 * its own accord, such as removing idle queues, goes on.
 */
final class ClosedGate extends BrokerFilter {

    private static final Logger LOG = LoggerFactory.getLogger(ClosedGate.class);

    private final String reason;

    ClosedGate(Broker next, String reason) {
        super(next);
        this.reason = reason;
    }

    @Override
    public void addConnection(ConnectionContext context, ConnectionInfo info) {
        throw refusal("CONNECT");
    }

    @Override
    public Subscription addConsumer(ConnectionContext context, ConsumerInfo info) {
        throw refusal("SUBSCRIBE");
    }

    @Override
    public void addProducer(ConnectionContext context, ProducerInfo info) {
        throw refusal("SEND");
    }

    @Override
    public void addDestinationInfo(ConnectionContext context, DestinationInfo info) {
        throw refusal("adding a destination");
    }

    @Override
    public void removeDestinationInfo(ConnectionContext context, DestinationInfo info) {
        throw refusal("removing a destination");
    }

    @Override
    public void removeSubscription(ConnectionContext context, RemoveSubscriptionInfo info) {
        throw refusal("removing a subscription");
    }

    @Override
    public Response messagePull(ConnectionContext context, MessagePull pull) {
        throw refusal("reading");
    }

    @Override
    public void send(ProducerBrokerExchange exchange, Message message) throws Exception {
        // the broker's own sends, such as those to the dead letter queue, come without a client's connection
        if (exchange.getConnectionContext().getConnection() != null) {
            throw refusal("SEND");
        }
        super.send(exchange, message);
    }

    private SecurityException refusal(String what) {
        LOG.warn("refused {}: {}", what, reason);
        return new SecurityException("Gatepost is closed at the moment; try again later");
    }
}
