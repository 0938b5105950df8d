package gatepost.transport.session;

import gatepost.transport.frame.StompVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.command.MessageAck;
import org.apache.activemq.command.MessageDispatch;
import org.apache.activemq.command.MessageId;

/**
 * One subscription of one connection, and the messages that its client has got and not acknowledged yet. The event loop adds
 * those as it writes them; the session's thread takes them away as they are acknowledged.
 */
final class Subscription {

    enum AckMode { AUTO, CLIENT, CLIENT_INDIVIDUAL }

    /** A message that the client got, under the name by which it acknowledges it. */
    record Delivered(String key, MessageId message) {
    }

    private final String id;
    private final ConsumerInfo consumer;
    private final AckMode mode;
    private final StompVersion version;
    private final DestinationNames names;
    private final int prefetch;
    private final String keyPrefix;
    private final long since = System.currentTimeMillis();
    private final Map<String, MessageId> unacknowledged = new LinkedHashMap<>();
    private long lastKey;
    private MessageId firstWritten;
    private MessageId lastWritten;
    private int writtenCount;
    private boolean closed;

    /**
     * @param id as the client gave it, {@code null} if it gave none (STOMP 1.0)
     * @param ackIds begins the values of {@code ack} headers, and those of no other subscription, on whatever connection
     */
    Subscription(String id, String ackIds, ConsumerInfo consumer, AckMode mode, StompVersion version, DestinationNames names) {
        this.id = id;
        this.consumer = consumer;
        this.mode = mode;
        this.version = version;
        this.names = names;
        this.prefetch = consumer.getPrefetchSize();
        this.keyPrefix = ackIds + "-";
    }

    String id() {
        return id;
    }

    ConsumerInfo consumer() {
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

    /** From now on nothing that still waits for this subscription is written. */
    synchronized void close() {
        closed = true;
    }

    /** @return the frame, or {@code null} when the subscription is gone; event loop only */
    ByteBuf encode(MessageDispatch dispatch, ByteBufAllocator allocator) throws IOException {
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
            return OutgoingMessages.frame(allocator, dispatch.getMessage(), id, null, version, names);
        }
        // STOMP 1.2 acknowledges by the ack header, older versions by the message's id
        boolean byAckHeader = version == StompVersion.V1_2;
        String key = byAckHeader ? keyPrefix + ++lastKey : message.toString();
        ByteBuf frame = OutgoingMessages.frame(allocator, dispatch.getMessage(), id, byAckHeader ? key : null, version, names);
        synchronized (this) {
            unacknowledged.put(key, message);
        }
        return frame;
    }

    /**
     * Notes that the socket has taken a message; event loop only.
     *
     * @return whether {@link #takeWritten} has to be called for it
     */
    synchronized boolean written(MessageId message) {
        if (mode != AckMode.AUTO) {
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
            return List.of(new Delivered(key, unacknowledged.remove(key)));
        }
        List<Delivered> taken = new ArrayList<>();
        for (Iterator<Map.Entry<String, MessageId>> i = unacknowledged.entrySet().iterator(); i.hasNext();) {
            Map.Entry<String, MessageId> entry = i.next();
            taken.add(new Delivered(entry.getKey(), entry.getValue()));
            i.remove();
            if (entry.getKey().equals(key)) {
                break;
            }
        }
        return taken;
    }

    /** Gives back what a transaction had acknowledged before it was aborted: it comes before all that is there. */
    synchronized void giveBack(List<Delivered> taken) {
        Map<String, MessageId> later = new LinkedHashMap<>(unacknowledged);
        unacknowledged.clear();
        taken.forEach(delivered -> unacknowledged.put(delivered.key(), delivered.message()));
        unacknowledged.putAll(later);
    }

    /** @param taken at least one message */
    MessageAck acknowledgement(List<Delivered> taken) {
        byte type = mode == AckMode.CLIENT ? MessageAck.STANDARD_ACK_TYPE : MessageAck.INDIVIDUAL_ACK_TYPE;
        return ack(type, taken.get(0).message(), taken.get(taken.size() - 1).message(), taken.size());
    }

    /** The acknowledgement that moves messages to the dead letter queue. */
    MessageAck rejection(List<Delivered> taken) {
        MessageAck ack = ack(MessageAck.POISON_ACK_TYPE, taken.get(0).message(), taken.get(taken.size() - 1).message(),
                taken.size());
        ack.setPoisonCause(new IllegalStateException("the client refused the message (NACK)"));
        return ack;
    }

    private MessageAck ack(byte type, MessageId first, MessageId last, int count) {
        MessageAck ack = new MessageAck();
        ack.setAckType(type);
        ack.setConsumerId(consumer.getConsumerId());
        ack.setDestination(consumer.getDestination());
        ack.setFirstMessageId(first);
        ack.setLastMessageId(last);
        ack.setMessageCount(count);
        return ack;
    }
}
