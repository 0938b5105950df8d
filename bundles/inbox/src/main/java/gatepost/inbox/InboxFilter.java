package gatepost.inbox;

import gatepost.contracts.InboxAck;
import gatepost.contracts.InboxHeaders;
import jakarta.jms.InvalidDestinationException;
import java.util.List;
import java.util.Map;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.ConsumerBrokerExchange;
import org.apache.activemq.broker.ProducerBrokerExchange;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageAck;
import org.apache.activemq.util.BrokerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses what has a meaning for inboxes only, or for other queues only; and waits for what an acknowledgement brings about. */
final class InboxFilter extends BrokerFilter {

    private static final Logger LOG = LoggerFactory.getLogger(InboxFilter.class);
    private static final List<String> NAMES = List.of(InboxHeaders.ID, InboxHeaders.ONCE, InboxHeaders.COLLAPSE);

    private final InboxService inboxes;

    InboxFilter(Broker next, InboxService inboxes) {
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
        for (ActiveMQDestination part : parts(info.getDestination())) {
            if (inboxes.isToMany(part)) {
                throw Audience.unreadable(part.getPhysicalName());
            }
        }
        return super.addConsumer(context, info);
    }

    private static ActiveMQDestination[] parts(ActiveMQDestination destination) {
        return destination.isComposite()
                ? destination.getCompositeDestinations()
                : new ActiveMQDestination[] {destination};
    }

    /**
     * Whoever asks whether an audience exists hears that it does, as the configuration says, so that who may send to it need not be
     * allowed to make it.
     */
    @Override
    public Map<ActiveMQDestination, Destination> getDestinationMap(ActiveMQDestination destination) {
        Map<ActiveMQDestination, Destination> known = super.getDestinationMap(destination);
        if (!inboxes.isToMany(destination) || known.containsKey(destination)) {
            return known;
        }
        try {
            super.addDestination(BrokerSupport.getConnectionContext(this), destination, false);
        } catch (Exception e) {
            LOG.error("{} could not be loaded", destination, e);
        }
        return super.getDestinationMap(destination);
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
