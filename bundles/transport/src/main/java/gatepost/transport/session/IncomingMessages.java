package gatepost.transport.session;

import gatepost.transport.connector.CloseReason;
import gatepost.transport.frame.Frame;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.activemq.command.ActiveMQBytesMessage;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.Message;
import org.apache.activemq.util.ByteSequence;

/**
 * Makes a message of a SEND frame. The body is kept as bytes whatever it holds; headers that STOMP and JMS both know become JMS
 * headers, and the rest become properties, which travel to the receiver.
 */
final class IncomingMessages {

    /**
     * Headers that speak of the frame and not of the message, that become a field of the message, or that only the broker may set: the
     * last three say of a dead letter what it was. {@link OwnHeaders} are not kept either.
     */
    private static final Set<String> NOT_KEPT = Set.of(
            "destination",
            "content-length",
            "receipt",
            "transaction",
            "persistent",
            "expires",
            "priority",
            "timestamp",
            "reply-to",
            "correlation-id",
            "type",
            "message-id",
            "subscription",
            "ack",
            "redelivered",
            "original-destination",
            "amq-msg-type",
            "receipt-id",
            "browser",
            "JMSXGroupID",
            "JMSXGroupSeq",
            "originalExpiration",
            "originalDeliveryMode",
            "dlqDeliveryFailureCause");

    private final DestinationNames destinations;

    IncomingMessages(DestinationNames destinations) {
        this.destinations = destinations;
    }

    /** @throws Refusal for a header whose value cannot be used */
    Message message(Frame frame, ActiveMQDestination destination) throws Refusal {
        ActiveMQBytesMessage message = new ActiveMQBytesMessage();
        message.setDestination(destination);
        message.setContent(new ByteSequence(frame.body()));
        message.setPersistent(
                HeaderValues.flag(frame, "persistent", destination.isQueue() && !destination.isTemporary()));
        message.setExpiration(HeaderValues.number(frame, "expires", 0, Long.MAX_VALUE, 0));
        message.setPriority((byte) HeaderValues.number(frame, "priority", 0, 9, 4));
        message.setTimestamp(HeaderValues.number(frame, "timestamp", 0, Long.MAX_VALUE, System.currentTimeMillis()));
        message.setCorrelationId(frame.header("correlation-id"));
        message.setType(frame.header("type"));
        message.setGroupID(frame.header("JMSXGroupID"));
        message.setGroupSequence(
                (int) HeaderValues.number(frame, "JMSXGroupSeq", Integer.MIN_VALUE, Integer.MAX_VALUE, 0));
        try {
            replyTo(frame.header("reply-to"), message);
            for (Map.Entry<String, String> header : frame.headers().entrySet()) {
                requireAllowed(header.getKey());
                if (!NOT_KEPT.contains(header.getKey()) && !OwnHeaders.isOwn(header.getKey())) {
                    message.setProperty(header.getKey(), SendHeaders.value(header.getKey(), header.getValue()));
                }
            }
            SendHeaders.requireLookable(frame, message);
            message.onSend();
            message.beforeMarshall(null);
        } catch (IOException | jakarta.jms.JMSException e) {
            throw Refusal.of(e, "SEND to " + frame.header("destination"));
        }
        return message;
    }

    /**
     * Where an answer is expected is the application's text and reaches the receiver as it is. Where it is a destination, receivers that
     * speak JMS find that too; a temporary one of this connection reaches them by the name that others send to.
     */
    private void replyTo(String text, Message message) throws Refusal, IOException {
        if (text == null) {
            return;
        }
        Optional<ActiveMQDestination> destination = destinations.single(text);
        if (destination.isPresent()) {
            message.setReplyTo(destination.get());
        }
        if (destination.isEmpty() || !text.equals(destinations.name(destination.get()))) {
            message.setProperty(OutgoingMessages.REPLY_TO_TEXT, text);
        }
    }

    private static void requireAllowed(String header) throws Refusal {
        if (OwnHeaders.isReserved(header) && !OwnHeaders.isOwn(header) && !SendHeaders.isKnown(header)) {
            throw OwnHeaders.unknown(header, "SEND");
        }
        if (header.startsWith("activemq.") || header.equals("transformation")) {
            throw new Refusal("the header " + header + " is not allowed on SEND", CloseReason.POLICY);
        }
        if (header.startsWith("AMQ_SCHEDULED_")) {
            throw new Refusal(
                    "the header " + header + " cannot be used: messages are delivered at once, none is scheduled",
                    CloseReason.POLICY);
        }
    }
}
