package gatepost.broker.trace;

import gatepost.broker.trace.TraceEvent.Kind;
import gatepost.contracts.Durability;
import gatepost.contracts.InboxRequest;
import java.util.concurrent.atomic.LongAdder;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.ConsumerBrokerExchange;
import org.apache.activemq.broker.ProducerBrokerExchange;
import org.apache.activemq.broker.region.MessageReference;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageAck;
import org.apache.activemq.command.MessageDispatch;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.security.SecurityContext;

/**
 * Outermost of all, so that it sees what the gate denies: remembers what happens to users' messages, and counts what is
 * stored.
 */
public final class TraceFilter extends BrokerFilter {

    private final Trace trace;
    private final LongAdder stored;

    /** @param stored counts persistent messages that were accepted */
    public TraceFilter(Broker next, Trace trace, LongAdder stored) {
        super(next);
        this.trace = trace;
        this.stored = stored;
    }

    @Override
    public void send(ProducerBrokerExchange exchange, Message message) throws Exception {
        // the broker may rename the message's destination on the way
        ActiveMQDestination destination = message.getDestination();
        boolean traced = trace.covers(destination) && !(message instanceof InboxRequest);
        if (traced) {
            trace.add(destination, Kind.ACCEPTED, message.getMessageId(), sender(exchange.getConnectionContext()));
        }
        try {
            super.send(exchange, message);
        } catch (Exception e) {
            if (traced) {
                Kind kind = e instanceof SecurityException ? Kind.DENIED : Kind.REFUSED;
                trace.add(destination, kind, message.getMessageId(), sender(exchange.getConnectionContext()));
            }
            throw e;
        }
        if (isPassedOver(message.getMessageId())) {
            trace.add(destination, Kind.REFUSED, message.getMessageId(), sender(exchange.getConnectionContext()));
        } else if (message.isPersistent()) {
            stored.increment();
            if (traced) {
                stored(destination, message.getMessageId());
            }
        }
    }

    @Override
    public void postProcessDispatch(MessageDispatch dispatch) {
        if (dispatch.getMessage() != null && trace.covers(dispatch.getDestination())) {
            trace.add(
                    dispatch.getDestination(),
                    Kind.SENT,
                    dispatch.getMessage().getMessageId(),
                    dispatch.getConsumerId());
        }
        super.postProcessDispatch(dispatch);
    }

    @Override
    public void acknowledge(ConsumerBrokerExchange exchange, MessageAck ack) throws Exception {
        super.acknowledge(exchange, ack);
        if ((ack.isStandardAck() || ack.isIndividualAck() || ack.isPoisonAck()) && trace.covers(ack.getDestination())) {
            MessageId first = ack.isIndividualAck() ? ack.getLastMessageId() : ack.getFirstMessageId();
            Kind kind = ack.isPoisonAck() ? Kind.REJECTED : Kind.ACKNOWLEDGED;
            trace.add(ack.getDestination(), kind, ack.getLastMessageId(), first, ack.getConsumerId());
        }
    }

    @Override
    public void messageExpired(ConnectionContext context, MessageReference reference, Subscription subscription) {
        ActiveMQDestination destination = reference.getMessage().getDestination();
        if (trace.covers(destination)) {
            trace.add(destination, Kind.EXPIRED, reference.getMessageId(), "");
        }
        super.messageExpired(context, reference, subscription);
    }

    /** An inbox drops its oldest. ActiveMQ takes it for granted that a subscription was too slow, and is told only when one was. */
    @Override
    public void messageDiscarded(ConnectionContext context, Subscription subscription, MessageReference reference) {
        if (subscription == null) {
            trace.add(reference.getMessage().getDestination(), Kind.DROPPED, reference.getMessageId(), "");
        } else {
            super.messageDiscarded(context, subscription, reference);
        }
    }

    /** @return whether it was not taken, as its sender allowed */
    private static boolean isPassedOver(MessageId message) {
        return Durability.of(message).flatMap(Durability::refusal).isPresent();
    }

    private void stored(ActiveMQDestination destination, MessageId message) {
        // the id may hold on to the whole message
        MessageId id = new MessageId(message.getProducerId(), message.getProducerSequenceId());
        Durability.of(message)
                .ifPresentOrElse(
                        durability -> durability.whenSettled(() -> {
                            if (durability.isSafe()) {
                                trace.add(destination, Kind.STORED, id, "");
                            }
                        }),
                        () -> trace.add(destination, Kind.STORED, id, ""));
    }

    private static String sender(ConnectionContext context) {
        SecurityContext security = context.getSecurityContext();
        if (security == null) {
            return "";
        }
        return security.isBrokerContext() ? "(broker)" : String.valueOf(security.getUserName());
    }
}
