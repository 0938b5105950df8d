package gatepost.broker.plugin;

import gatepost.contracts.Durability;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.ProducerBrokerExchange;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.command.ProducerId;

/**
 * A SEND to several destinations becomes one message for each, with an id of its own. ActiveMQ's copies share one id: a subscription
 * that gets two of them can acknowledge neither, and the second refused copy is lost among the dead letters. It also says that all are
 * on the disk when the first one is.
 *
 * <p>It is the innermost filter, so that the gate judges the SEND as a whole before any part of it goes anywhere.
 */
public final class CompositeSends extends BrokerFilter {

    public CompositeSends(Broker next) {
        super(next);
    }

    @Override
    public void send(ProducerBrokerExchange exchange, Message message) throws Exception {
        ActiveMQDestination destination = message.getDestination();
        if (!destination.isComposite()) {
            super.send(exchange, message);
            return;
        }
        ActiveMQDestination[] parts = destination.getCompositeDestinations();
        MessageId[] ids = new MessageId[parts.length];
        for (int i = 0; i < parts.length; i++) {
            Message part = message.copy();
            ids[i] = id(message.getMessageId(), i);
            part.setMessageId(ids[i]);
            part.setMemoryUsage(null);
            part.setOriginalDestination(destination);
            part.setDestination(parts[i]);
            super.send(exchange, part);
        }
        List<Durability> stored =
                List.of(ids).stream().flatMap(id -> Durability.of(id).stream()).toList();
        if (!stored.isEmpty()) {
            together(stored).leaveWith(message.getMessageId());
        }
    }

    /** The first one keeps the id; a client's producer can have none of the others, since no connection is called so. */
    private static MessageId id(MessageId whole, int part) {
        ProducerId producer = new ProducerId();
        producer.setConnectionId(whole.getProducerId().getConnectionId() + (part == 0 ? "" : "/" + part));
        producer.setSessionId(whole.getProducerId().getSessionId());
        producer.setValue(whole.getProducerId().getValue());
        return new MessageId(producer, whole.getProducerSequenceId());
    }

    /** @return what is safe when all of them are, and has failed when one of them has */
    private static Durability together(List<Durability> all) {
        Durability together = new Durability();
        AtomicInteger open = new AtomicInteger(all.size());
        for (Durability one : all) {
            one.whenSettled(() -> {
                IOException failure = one.failure().orElse(null);
                if (failure != null) {
                    together.failed(failure);
                } else if (open.decrementAndGet() == 0) {
                    together.safe();
                }
            });
        }
        return together;
    }
}
