package gatepost.broker.presence;

import gatepost.contracts.PresenceTopics;
import gatepost.contracts.Printable;
import jakarta.jms.InvalidDestinationException;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.ConsumerBrokerExchange;
import org.apache.activemq.broker.ProducerBrokerExchange;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ConsumerControl;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageAck;
import org.apache.activemq.command.MessageDispatch;

/**
 * Takes out, behind the gate, what clients ask of who is on line: a topic of ActiveMQ's for each user would take kilobytes, forget the
 * present state, and drop what a slow reader has not read. Nobody sends to such a topic, whatever the entry map says: what comes from
 * there is Gatepost's.
 */
final class PresenceFilter extends BrokerFilter {

    private final PresenceSubscriptions subscriptions;

    PresenceFilter(Broker next, PresenceSubscriptions subscriptions) {
        super(next);
        this.subscriptions = subscriptions;
    }

    @Override
    public Subscription addConsumer(ConnectionContext context, ConsumerInfo info) throws Exception {
        if (!PresenceTopics.isAny(info.getDestination())) {
            return super.addConsumer(context, info);
        }
        if (info.isDurable()) {
            throw refusal("a durable subscription: whoever subscribes is told what is so at once");
        }
        if (info.getSelector() != null) {
            throw refusal("a selector");
        }
        PresenceSubscription subscription;
        try {
            subscription = new PresenceSubscription(context, info);
        } catch (IllegalArgumentException e) {
            throw new InvalidDestinationException(e.getMessage());
        }
        subscriptions.add(info.getConsumerId(), subscription);
        // no region has it
        return null;
    }

    @Override
    public void removeConsumer(ConnectionContext context, ConsumerInfo info) throws Exception {
        if (!subscriptions.remove(info.getConsumerId())) {
            super.removeConsumer(context, info);
        }
    }

    /** Refused messages are gone, as with any topic; in a transaction they count as acknowledged at once, for none comes twice. */
    @Override
    public void acknowledge(ConsumerBrokerExchange exchange, MessageAck ack) throws Exception {
        if (!PresenceTopics.isAny(ack.getDestination())) {
            super.acknowledge(exchange, ack);
            return;
        }
        // others say that a message has arrived, which makes no room
        if (ack.isStandardAck() || ack.isIndividualAck() || ack.isPoisonAck()) {
            subscriptions
                    .find(ack.getConsumerId())
                    .filter(subscription -> subscription.acknowledged(ack.getMessageCount()))
                    .ifPresent(subscriptions::room);
        }
    }

    @Override
    public void processConsumerControl(ConsumerBrokerExchange exchange, ConsumerControl control) {
        if (!PresenceTopics.isAny(control.getDestination())) {
            super.processConsumerControl(exchange, control);
            return;
        }
        subscriptions
                .find(control.getConsumerId())
                .filter(subscription -> subscription.window(control.getPrefetch()))
                .ifPresent(subscriptions::room);
    }

    @Override
    public void send(ProducerBrokerExchange exchange, Message message) throws Exception {
        ActiveMQDestination destination = message.getDestination();
        if (PresenceTopics.isAny(destination)) {
            // in the gate's words
            throw new SecurityException("Denied: write " + Printable.of(destination.getQualifiedName()));
        }
        super.send(exchange, message);
    }

    /** A region would look for the destination that the message came from. */
    @Override
    public void preProcessDispatch(MessageDispatch dispatch) {
        if (!(dispatch instanceof PresenceSubscription.Dispatch)) {
            super.preProcessDispatch(dispatch);
        }
    }

    /** Counterpart of {@link #preProcessDispatch}. */
    @Override
    public void postProcessDispatch(MessageDispatch dispatch) {
        if (!(dispatch instanceof PresenceSubscription.Dispatch)) {
            super.postProcessDispatch(dispatch);
        }
    }

    private static InvalidDestinationException refusal(String what) {
        return new InvalidDestinationException("who is on line cannot be had by " + what);
    }
}
