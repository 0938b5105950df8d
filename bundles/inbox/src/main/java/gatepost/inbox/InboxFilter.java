package gatepost.inbox;

import gatepost.contracts.InboxAck;
import gatepost.contracts.InboxHeaders;
import gatepost.contracts.inbox.Inboxes;
import jakarta.jms.InvalidDestinationException;
import java.util.List;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.ConsumerBrokerExchange;
import org.apache.activemq.broker.ProducerBrokerExchange;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageAck;

/** Refuses what has a meaning for inboxes only, or for other queues only; and waits for what an acknowledgement brings about. */
final class InboxFilter extends BrokerFilter {

    private static final List<String> NAMES = List.of(InboxHeaders.ID, InboxHeaders.ONCE, InboxHeaders.COLLAPSE);

    private final Inboxes inboxes;

    InboxFilter(Broker next, Inboxes inboxes) {
        super(next);
        this.inboxes = inboxes;
    }

    @Override
    public Subscription addConsumer(ConnectionContext context, ConsumerInfo info) throws Exception {
        if (inboxes.isInbox(info.getDestination())) {
            if (info.isExclusive()) {
                throw refusal("exclusive");
            }
            if (info.getPriority() != 0) {
                throw refusal("priority");
            }
        }
        return super.addConsumer(context, info);
    }

    @Override
    public void send(ProducerBrokerExchange exchange, Message message) throws Exception {
        // the broker moves what was in an inbox once to where dead letters are
        boolean clients = exchange.getConnectionContext().getConnection() != null;
        if (clients && !inboxes.isInbox(message.getDestination())) {
            for (String name : NAMES) {
                if (message.getProperty(name) != null) {
                    throw new InvalidDestinationException("the header " + name + " has a meaning in an inbox only");
                }
            }
        }
        super.send(exchange, message);
    }

    /** Whoever waits for a receipt waits here once, for all that the acknowledgement speaks of, and no lock is held. */
    @Override
    public void acknowledge(ConsumerBrokerExchange exchange, MessageAck ack) throws Exception {
        super.acknowledge(exchange, ack);
        if (ack.isResponseRequired() && ack instanceof InboxAck inboxAck) {
            inboxAck.await();
        }
    }

    private static InvalidDestinationException refusal(String option) {
        return new InvalidDestinationException("an inbox has no " + option + " subscription: each gets every message");
    }
}
