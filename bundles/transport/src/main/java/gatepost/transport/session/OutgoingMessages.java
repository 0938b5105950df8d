package gatepost.transport.session;

import gatepost.contracts.InboxDispatch;
import gatepost.contracts.InboxHeaders;
import gatepost.contracts.InboxState;
import gatepost.transport.frame.FrameWriter;
import gatepost.transport.frame.StompVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.AsciiString;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.apache.activemq.command.ActiveMQTextMessage;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageDispatch;
import org.apache.activemq.util.ByteSequence;

/** Writes MESSAGE frames. */
final class OutgoingMessages {

    private static final AsciiString MESSAGE = AsciiString.cached("MESSAGE");
    private static final AsciiString DESTINATION = AsciiString.cached("destination");
    private static final AsciiString SUBSCRIPTION = AsciiString.cached("subscription");
    private static final AsciiString MESSAGE_ID = AsciiString.cached("message-id");
    private static final AsciiString ACK = AsciiString.cached("ack");
    private static final AsciiString TIMESTAMP = AsciiString.cached("timestamp");
    private static final AsciiString EXPIRES = AsciiString.cached("expires");
    private static final AsciiString PRIORITY = AsciiString.cached("priority");
    private static final AsciiString PERSISTENT = AsciiString.cached("persistent");
    private static final AsciiString REDELIVERED = AsciiString.cached("redelivered");
    /** The property that holds what a client wrote as {@code reply-to} where that is no destination, or another name of it. */
    static final String REPLY_TO_TEXT = "reply-to";

    private static final AsciiString REPLY_TO = AsciiString.cached("reply-to");
    private static final AsciiString CORRELATION_ID = AsciiString.cached("correlation-id");
    private static final AsciiString TYPE = AsciiString.cached("type");
    private static final AsciiString CONTENT_TYPE = AsciiString.cached("content-type");
    private static final AsciiString GROUP = AsciiString.cached("JMSXGroupID");
    private static final AsciiString ORIGINAL = AsciiString.cached("original-destination");
    private static final AsciiString BROWSER = AsciiString.cached("browser");
    private static final int USUAL_PRIORITY = 4;
    private static final byte[] EMPTY = {};

    private OutgoingMessages() {}

    /** Takes what a MESSAGE frame says, header by header; one whose value is {@code null} is none. */
    interface Headers {

        void header(CharSequence name, String value);
    }

    /**
     * @param subscription the subscription's id, or {@code null} in STOMP 1.0
     * @param ack the value of the {@code ack} header, or {@code null} where the client need not acknowledge
     * @return the frame; the caller owns the buffer
     * @throws IOException when the stored message cannot be read
     */
    static ByteBuf frame(
            ByteBufAllocator allocator,
            MessageDispatch dispatch,
            String subscription,
            String ack,
            StompVersion version,
            DestinationNames names)
            throws IOException {
        Message message = dispatch.getMessage();
        ByteSequence body = body(message);
        FrameWriter frame = new FrameWriter(allocator, MESSAGE, version, body.getLength());
        frame.header(DESTINATION, names.name(message.getDestination()));
        frame.header(SUBSCRIPTION, subscription);
        say(message, dispatch instanceof InboxDispatch inbox ? inbox : null, ack, names, frame::header);
        return frame.body(body.getData(), body.getOffset(), body.getLength());
    }

    /**
     * What every reader of a message is told of it.
     *
     * @param inbox what an inbox says of it to this reader, or {@code null}
     * @param ack by which name the reader acknowledges it, or {@code null}
     */
    static void say(Message message, InboxDispatch inbox, String ack, DestinationNames names, Headers headers)
            throws IOException {
        headers.header(MESSAGE_ID, message.getMessageId().toString());
        headers.header(OwnHeaders.USER, message.getUserID());
        headers.header(OwnHeaders.ID, id(message));
        if (inbox != null) {
            say(inbox, headers);
        }
        headers.header(ACK, ack);
        headers.header(TIMESTAMP, Long.toString(message.getTimestamp()));
        if (message.getExpiration() > 0) {
            headers.header(EXPIRES, Long.toString(message.getExpiration()));
        }
        if (message.getPriority() != USUAL_PRIORITY) {
            headers.header(PRIORITY, Integer.toString(message.getPriority()));
        }
        headers.header(PERSISTENT, message.isPersistent() ? "true" : null);
        // what an inbox gives to several subscriptions is one message, which counts for none of them
        boolean redelivered = inbox == null ? message.isRedelivered() : inbox.isRedelivered();
        headers.header(REDELIVERED, redelivered ? "true" : null);
        headers.header(REPLY_TO, replyTo(message, names));
        headers.header(CORRELATION_ID, message.getCorrelationId());
        headers.header(TYPE, message.getType());
        headers.header(GROUP, message.getGroupID());
        headers.header(
                ORIGINAL,
                message.getOriginalDestination() == null ? null : names.name(message.getOriginalDestination()));
        for (Map.Entry<String, Object> property : message.getProperties().entrySet()) {
            if (isWritten(property.getKey())) {
                headers.header(property.getKey(), String.valueOf(property.getValue()));
            }
        }
    }

    private static String id(Message message) throws IOException {
        Object id = message.getProperty(InboxHeaders.ID);
        return id == null ? null : id.toString();
    }

    /** What the inbox says of the message to this subscription. */
    private static void say(InboxDispatch inbox, Headers headers) {
        if (inbox.offset() != 0) {
            headers.header(OwnHeaders.OFFSET, Long.toString(inbox.offset()));
            headers.header(OwnHeaders.EPOCH, inbox.epoch());
        }
        headers.header(OwnHeaders.GAP, inbox.isGap() ? "true" : null);
        headers.header(OwnHeaders.STATE, inbox.state().isEmpty() ? null : inbox.state());
        if (inbox.replaces() != 0) {
            headers.header(OwnHeaders.REPLACES, Long.toString(inbox.replaces()));
        }
    }

    /** Whoever sends a message on as it came, such as a route, must not come up against a name that is refused there. */
    private static boolean isWritten(String property) {
        return !STANDING.contains(property) && !OwnHeaders.isOwn(property) && !OwnHeaders.isReserved(property);
    }

    /**
     * The frame that says how much is in an inbox, seen and read.
     *
     * @param id by which no other frame of the connection goes
     */
    static ByteBuf state(
            ByteBufAllocator allocator, InboxState state, String subscription, String id, StompVersion version) {
        byte[] json = state.json().getBytes(StandardCharsets.UTF_8);
        return new FrameWriter(allocator, MESSAGE, version, json.length)
                .header(DESTINATION, OwnDestinations.STATE)
                .header(SUBSCRIPTION, subscription)
                .header(MESSAGE_ID, id)
                .header(CONTENT_TYPE, "application/json")
                .body(json, 0, json.length);
    }

    /** The frame that ends the browsing of a queue, as ActiveMQ marks it. */
    static ByteBuf endOfBrowsing(
            ByteBufAllocator allocator, String destination, String subscription, StompVersion version) {
        return new FrameWriter(allocator, MESSAGE, version, 0)
                .header(DESTINATION, destination)
                .header(SUBSCRIPTION, subscription)
                .header(MESSAGE_ID, "0")
                .header(BROWSER, "end")
                .noBody();
    }

    /** Names that stand in the frame already; a property of such a name came from elsewhere than a STOMP client. */
    private static final Set<String> STANDING = Set.of(
            "destination",
            "subscription",
            "message-id",
            "ack",
            "timestamp",
            "expires",
            "priority",
            "persistent",
            "redelivered",
            "reply-to",
            "correlation-id",
            "type",
            "JMSXGroupID",
            "original-destination",
            "content-length",
            "browser");

    private static String replyTo(Message message, DestinationNames names) throws IOException {
        Object text = message.getProperty(REPLY_TO_TEXT);
        if (text != null) {
            return text.toString();
        }
        return message.getReplyTo() == null ? null : names.name(message.getReplyTo());
    }

    static ByteSequence body(Message message) throws IOException {
        if (message instanceof ActiveMQTextMessage text) {
            try {
                String content = text.getText();
                return new ByteSequence(content == null ? EMPTY : content.getBytes(StandardCharsets.UTF_8));
            } catch (JMSException e) {
                throw new IOException("the text of " + message.getMessageId() + " cannot be read", e);
            }
        }
        ByteSequence content = message.getContent();
        return content == null ? new ByteSequence(EMPTY) : content;
    }
}
