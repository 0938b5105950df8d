package gatepost.transport.session;

import gatepost.contracts.InboxAck;
import gatepost.contracts.InboxConsumer;
import gatepost.contracts.InboxState;
import gatepost.transport.frame.StompVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.activemq.command.MessageAck;
import org.apache.activemq.command.MessageDispatch;
import org.apache.activemq.command.MessageId;

/**
 * One subscription of one connection, and the messages that its client has got and not acknowledged yet. The event loop adds
 * those as it writes them; the session's thread takes them away as they are acknowledged.
 */
final class Subscription {

    enum AckMode {
        AUTO,
        CLIENT,
        CLIENT_INDIVIDUAL
    }

    /**
     * A message that the client got.
     *
     * @param key the name by which the client acknowledges it
     * @param order in which the client got it
     */
    record Delivered(String key, MessageId message, long order) {}

    private final String id;
    private final InboxConsumer consumer;
    private final AckMode mode;
    private final StompVersion version;
    private final DestinationNames names;
    private final int prefetch;
    private final String keyPrefix;
    private final long since = System.currentTimeMillis();
    private final Map<String, Delivered> unacknowledged = new LinkedHashMap<>();
    private long lastDelivered;
    /** Messages that open transactions have acknowledged: the broker has them still among those that wait. */
    private int inTransactions;

    private final List<Delivery> early = new ArrayList<>();
    private MessageId firstWritten;
    private MessageId lastWritten;
    private int writtenCount;
    private boolean closed;
    private boolean announced;

    /**
     * @param id as the client gave it, {@code null} if it gave none (STOMP 1.0)
     * @param ackIds begins the values of {@code ack} headers, and those of no other subscription, on whatever connection
     * @param receipt whether its messages wait for the receipt of the SUBSCRIBE
     */
    Subscription(
            String id,
            String ackIds,
            InboxConsumer consumer,
            AckMode mode,
            StompVersion version,
            DestinationNames names,
            boolean receipt) {
        this.id = id;
        this.consumer = consumer;
        this.mode = mode;
        this.version = version;
        this.names = names;
        this.prefetch = consumer.getPrefetchSize();
        this.announced = !receipt;
        this.keyPrefix = ackIds + "-";
    }

    String id() {
        return id;
    }

    InboxConsumer consumer() {
        return consumer;
    }

    /** @return messages that the client has got and not acknowledged; any thread */
    synchronized int unacknowledged() {
        return unacknowledged.size();
    }

    /** @return when it began, milliseconds since 1970 */
    long since() {
        return since;
    }

    /** @return how many unacknowledged messages the broker may send when it is not held back */
    int prefetch() {
        return prefetch;
    }

    /** @return whether the client has got a message under that name and not acknowledged it */
    synchronized boolean has(String key) {
        return unacknowledged.containsKey(key);
    }

    /** From now on nothing that still waits for this subscription is written, and nothing of it is settled any more. */
    synchronized void close() {
        closed = true;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /**
     * Holds a message back while the client has not heard that it is subscribed; any thread.
     *
     * @return whether it is held back, to be written later
     */
    synchronized boolean holds(Delivery delivery, Outbox outbox) {
        if (announced) {
            return false;
        }
        outbox.count(delivery);
        early.add(delivery);
        return true;
    }

    /** The receipt of the SUBSCRIBE stands in the outbox: what was held back follows, in its order. */
    synchronized void announced(Outbox outbox) {
        announced = true;
        early.forEach(outbox::addCounted);
        early.clear();
    }

    /** @return the frame, or {@code null} when the subscription is gone; event loop only */
    ByteBuf encode(MessageDispatch dispatch, ByteBufAllocator allocator) throws IOException {
        if (dispatch instanceof InboxState state) {
            return isClosed()
                    ? null
                    : OutgoingMessages.state(allocator, state, id, keyPrefix + ++lastDelivered, version);
        }
        if (dispatch.getMessage() == null) {
            return OutgoingMessages.endOfBrowsing(allocator, names.name(consumer.getDestination()), id, version);
        }
        MessageId message = dispatch.getMessage().getMessageId();
        synchronized (this) {
            if (closed) {
                return null;
            }
        }
        if (mode == AckMode.AUTO) {
            return OutgoingMessages.frame(allocator, dispatch, id, null, version, names);
        }
        // STOMP 1.2 acknowledges by the ack header, older versions by the message's id
        boolean byAckHeader = version == StompVersion.V1_2;
        long order = ++lastDelivered;
        String key = byAckHeader ? keyPrefix + order : message.toString();
        ByteBuf frame = OutgoingMessages.frame(allocator, dispatch, id, byAckHeader ? key : null, version, names);
        synchronized (this) {
            unacknowledged.put(key, new Delivered(key, message, order));
        }
        return frame;
    }

    /**
     * Notes that the socket has taken a message; event loop only. What it takes once the client has unsubscribed is nobody's any more,
     * and comes again.
     *
     * @return whether {@link #takeWritten} has to be called for it
     */
    synchronized boolean written(MessageId message) {
        if (closed || mode != AckMode.AUTO) {
            return false;
        }
        firstWritten = firstWritten == null ? message : firstWritten;
        lastWritten = message;
        return writtenCount++ == 0;
    }

    /** @return the acknowledgement of all that was written since the last call, or {@code null} */
    synchronized MessageAck takeWritten() {
        if (writtenCount == 0) {
            return null;
        }
        MessageAck ack = ack(MessageAck.STANDARD_ACK_TYPE, firstWritten, lastWritten, writtenCount);
        firstWritten = null;
        lastWritten = null;
        writtenCount = 0;
        return ack;
    }

    /**
     * Takes what an ACK or NACK frame speaks of: with ack mode {@code client} everything up to the message, with
     * {@code client-individual} that message alone (STOMP 1.2, "SUBSCRIBE ack Header").
     *
     * @return the messages, oldest first; empty when the client has no such message to acknowledge
     */
    synchronized List<Delivered> take(String key) {
        if (!unacknowledged.containsKey(key)) {
            return List.of();
        }
        if (mode == AckMode.CLIENT_INDIVIDUAL) {
            return List.of(unacknowledged.remove(key));
        }
        List<Delivered> taken = new ArrayList<>();
        for (Iterator<Delivered> i = unacknowledged.values().iterator(); i.hasNext(); ) {
            Delivered delivered = i.next();
            taken.add(delivered);
            i.remove();
            if (delivered.key().equals(key)) {
                break;
            }
        }
        return taken;
    }

    /** A transaction has what was taken, until {@link #giveBack} or {@link #settled}. */
    synchronized void inTransaction(List<Delivered> taken) {
        inTransactions += taken.size();
    }

    /** What a transaction had is acknowledged, or refused, for good. */
    synchronized void settled(List<Delivered> taken) {
        inTransactions -= taken.size();
    }

    /** Gives back what a transaction had acknowledged before it was aborted, each message to its place. */
    synchronized void giveBack(List<Delivered> taken) {
        inTransactions -= taken.size();
        List<Delivered> all = new ArrayList<>(unacknowledged.values());
        all.addAll(taken);
        all.sort(Comparator.comparingLong(Delivered::order));
        unacknowledged.clear();
        all.forEach(delivered -> unacknowledged.put(delivered.key(), delivered));
    }

    /**
     * What tells the broker. An acknowledgement of many speaks of all that wait between the first and the last, and must not while a
     * transaction has some of them; inside a transaction it would not make room for more before the end, as one for each does.
     *
     * @param taken at least one message
     */
    synchronized List<InboxAck> acknowledgements(List<Delivered> taken, boolean transacted) {
        if (mode == AckMode.CLIENT && !transacted && inTransactions == 0) {
            return List.of(ack(
                    MessageAck.STANDARD_ACK_TYPE,
                    taken.get(0).message(),
                    taken.get(taken.size() - 1).message(),
                    taken.size()));
        }
        return taken.stream()
                .map(delivered -> ack(MessageAck.INDIVIDUAL_ACK_TYPE, delivered.message(), delivered.message(), 1))
                .toList();
    }

    /** The acknowledgements that refuse messages for good. */
    List<InboxAck> rejections(List<Delivered> taken) {
        return taken.stream()
                .map(delivered -> {
                    InboxAck ack = ack(MessageAck.POISON_ACK_TYPE, delivered.message(), delivered.message(), 1);
                    ack.setPoisonCause(new IllegalStateException("the client refused the message (NACK)"));
                    return ack;
                })
                .toList();
    }

    private InboxAck ack(byte type, MessageId first, MessageId last, int count) {
        InboxAck ack = new InboxAck();
        ack.setAckType(type);
        ack.setConsumerId(consumer.getConsumerId());
        ack.setDestination(consumer.getDestination());
        ack.setFirstMessageId(first);
        ack.setLastMessageId(last);
        ack.setMessageCount(count);
        return ack;
    }
}
