package gatepost.broker.trace;

import gatepost.broker.trace.TraceEvent.Kind;
import gatepost.contracts.Durability;
import gatepost.contracts.GateQuestion;
import gatepost.contracts.IdentityRefused;
import gatepost.contracts.InboxHeaders;
import gatepost.contracts.InboxRequest;
import gatepost.contracts.QuotaReached;
import gatepost.contracts.inbox.TakenAway;
import jakarta.jms.ResourceAllocationException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.ConsumerBrokerExchange;
import org.apache.activemq.broker.ProducerBrokerExchange;
import org.apache.activemq.broker.region.MessageReference;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ConsumerId;
import org.apache.activemq.command.ConsumerInfo;
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

    /** What is said of each limit. */
    private static final Map<String, String> REACHED = new ConcurrentHashMap<>();

    private final Trace trace;
    private final LongAdder stored;
    /** One of each subscription: what is said of many messages is there once. */
    private final Map<ConsumerId, Reader> readers = new ConcurrentHashMap<>();

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
        boolean traced =
                trace.covers(destination) && !(message instanceof InboxRequest) && !(message instanceof GateQuestion);
        Object sender = traced ? sender(exchange.getConnectionContext(), message) : "";
        if (traced) {
            trace.add(destination, Kind.ACCEPTED, message.getMessageId(), sender);
        }
        try {
            super.send(exchange, message);
        } catch (Exception e) {
            if (traced) {
                Kind kind = e instanceof SecurityException ? Kind.DENIED : Kind.REFUSED;
                trace.refused(destination, kind, message.getMessageId(), sender, why(e));
            }
            throw e;
        }
        if (isPassedOver(message.getMessageId())) {
            trace.refused(destination, Kind.REFUSED, message.getMessageId(), sender, "the inbox is full");
        } else if (message.isPersistent()) {
            stored.increment();
            if (traced) {
                stored(destination, message.getMessageId());
            }
        }
    }

    /** @return for people; nothing that is made for one message alone, since it is kept */
    private static String why(Exception refusal) {
        if (refusal instanceof QuotaReached quota) {
            return REACHED.computeIfAbsent(quota.key(), key -> "the limit " + key + " is reached");
        }
        if (refusal instanceof IdentityRefused) {
            return "its gatepost-id, gatepost-once or gatepost-collapse cannot be taken like that";
        }
        return refusal instanceof ResourceAllocationException ? "the store is full" : "";
    }

    /** @return the one of a broker, seen from anywhere within it; nothing where nobody traces messages */
    public static Optional<TraceFilter> in(Broker root) {
        return Optional.ofNullable((TraceFilter) root.getAdaptor(TraceFilter.class));
    }

    /** @return whether what happens to messages of that queue is remembered; any thread */
    public boolean covers(ActiveMQDestination queue) {
        return trace.covers(queue);
    }

    /** @return what remembers where a message to an audience comes; any thread */
    public SpreadTrace spreading(ActiveMQDestination audience, Message message) throws IOException {
        String from = message.getUserID() == null ? "" : message.getUserID();
        return new SpreadTrace(
                trace, message.getMessageId(), new SentToMany(from, id(message), audience.getPhysicalName()));
    }

    /** A message of an inbox is gone, which no acknowledgement says; any thread. */
    public void takenAway(ActiveMQDestination inbox, MessageId message, TakenAway how, Optional<ConsumerId> reader) {
        Kind kind = switch (how) {
            case BY_REQUEST -> Kind.DONE;
            case BY_OPERATOR -> Kind.SETTLED;
            case WITHDRAWN -> Kind.WITHDRAWN;
        };
        trace.add(inbox, kind, message, reader.<Object>map(this::reader).orElse(""));
    }

    @Override
    public void postProcessDispatch(MessageDispatch dispatch) {
        if (dispatch.getMessage() != null && trace.covers(dispatch.getDestination())) {
            trace.add(
                    dispatch.getDestination(),
                    Kind.SENT,
                    dispatch.getMessage().getMessageId(),
                    reader(dispatch.getConsumerId()));
        }
        super.postProcessDispatch(dispatch);
    }

    @Override
    public Subscription addConsumer(ConnectionContext context, ConsumerInfo info) throws Exception {
        if (info.getDestination().isQueue()) {
            // before it gets anything
            readers.put(info.getConsumerId(), Reader.of(context, info));
        }
        boolean added = false;
        try {
            Subscription subscription = super.addConsumer(context, info);
            added = true;
            return subscription;
        } finally {
            if (!added) {
                readers.remove(info.getConsumerId());
            }
        }
    }

    @Override
    public void removeConsumer(ConnectionContext context, ConsumerInfo info) throws Exception {
        try {
            super.removeConsumer(context, info);
        } finally {
            readers.remove(info.getConsumerId());
        }
    }

    private Reader reader(ConsumerId id) {
        Reader known = readers.get(id);
        return known == null ? Reader.of(id) : known;
    }

    @Override
    public void acknowledge(ConsumerBrokerExchange exchange, MessageAck ack) throws Exception {
        super.acknowledge(exchange, ack);
        if ((ack.isStandardAck() || ack.isIndividualAck() || ack.isPoisonAck()) && trace.covers(ack.getDestination())) {
            Reader reader = reader(ack.getConsumerId());
            // what a stream's socket has taken, or what somebody has looked at, is not done for that
            if (!reader.isDoneByRequest() && !reader.isBrowsing()) {
                MessageId first = ack.isIndividualAck() ? ack.getLastMessageId() : ack.getFirstMessageId();
                Kind kind = ack.isPoisonAck() ? Kind.REJECTED : Kind.ACKNOWLEDGED;
                trace.add(ack.getDestination(), kind, ack.getLastMessageId(), first, reader);
            }
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

    /** @return the name, and what the message is called where its application said that */
    private static Object sender(ConnectionContext context, Message message) throws IOException {
        String id = id(message);
        String name = sender(context);
        return id == null ? name : new Sender(name, id);
    }

    private static String id(Message message) throws IOException {
        Object id = message.getProperty(InboxHeaders.ID);
        return id == null ? null : id.toString();
    }

    private static String sender(ConnectionContext context) {
        SecurityContext security = context.getSecurityContext();
        if (security == null) {
            return "";
        }
        return security.isBrokerContext() ? "(broker)" : String.valueOf(security.getUserName());
    }
}
