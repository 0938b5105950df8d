package gatepost.transport.session;

import gatepost.contracts.Durability;
import gatepost.transport.ConnectorOptions;
import gatepost.transport.frame.Frame;
import gatepost.transport.frame.FrameWriter;
import gatepost.transport.frame.Inbound;
import gatepost.transport.frame.MalformedFrame;
import gatepost.transport.frame.StompVersion;
import gatepost.transport.metrics.TransportMetrics;
import gatepost.transport.session.Subscription.Delivered;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.AsciiString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.command.ConnectionInfo;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageAck;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.command.ProducerId;
import org.apache.activemq.command.ProducerInfo;
import org.apache.activemq.command.SessionId;
import org.apache.activemq.command.SessionInfo;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/**
 * What one client and the broker say to each other: takes the client's frames in their order and makes ActiveMQ's commands of
 * them. Every error ends the session (STOMP 1.2, "ERROR": the server must close the connection after it).
 *
 * <p>All methods run on the session's serial executor, unless they say otherwise.
 */
final class Session {

    private static final int CHANCE_BYTES = 16;

    private static final AsciiString CONNECTED = AsciiString.cached("CONNECTED");
    private static final AsciiString RECEIPT = AsciiString.cached("RECEIPT");
    private static final AsciiString RECEIPT_ID = AsciiString.cached("receipt-id");
    private static final String SERVER = server();

    private final StompTransport transport;
    private final ConnectorOptions options;
    private final TransportMetrics metrics;
    private final BrokerLink broker;
    private final ConnectionId connectionId = new ConnectionId("ID:gatepost-" + Unguessable.name(CHANCE_BYTES));
    private final SessionId sessionId = new SessionId(connectionId, 1);
    private final ProducerId producerId = new ProducerId(sessionId, 1);
    private final ConnectionInfo connection = new ConnectionInfo(connectionId);
    private final DestinationNames names;
    private final IncomingMessages messages;
    private final Transactions transactions;
    private final Receipts receipts;
    private volatile StompVersion version = StompVersion.V1_0;
    private volatile Subscriptions subscriptions;
    private long lastMessage;
    private boolean connected;

    Session(StompTransport transport, BrokerLink broker, ConnectorOptions options, TransportMetrics metrics) {
        this.transport = transport;
        this.broker = broker;
        this.options = options;
        this.metrics = metrics;
        this.names = new DestinationNames(connectionId, broker, options.subscriptions());
        this.messages = new IncomingMessages(names);
        this.transactions = new Transactions(connectionId, broker, options.transactionSize());
        this.receipts = new Receipts(transport);
    }

    /** @return the broker's id of the connection; any thread */
    String id() {
        return connectionId.toString();
    }

    /** @return who it is, once CONNECTED; any thread */
    String user() {
        return connection.getUserName();
    }

    /** @return the version agreed on; any thread */
    StompVersion stompVersion() {
        return version;
    }

    /** @return the subscriptions, or {@code null} before CONNECTED; any thread */
    Subscriptions subscriptions() {
        return subscriptions;
    }

    /**
     * @param arrived when it came, as {@link System#nanoTime} says
     * @return what the frame brought and is on its way to the disk, or {@code null}
     */
    Durability handle(Inbound inbound, long arrived) {
        try {
            if (inbound instanceof Frame frame) {
                return serve(frame, arrived);
            } else if (inbound instanceof MalformedFrame malformed) {
                throw new Refusal(malformed.reason(),
                        malformed.tooLarge() ? CloseReason.TOO_LARGE : CloseReason.PROTOCOL_ERROR);
            }
        } catch (Refusal e) {
            transport.fail(e, inbound instanceof Frame frame ? frame : null);
        }
        return null;
    }

    /** Has that run once every message that came so far is on the disk, and its receipt written. */
    void afterReceipts(Runnable next) {
        receipts.afterwards(next);
    }

    private Durability serve(Frame frame, long arrived) throws Refusal {
        String command = frame.command();
        boolean connecting = command.equals("CONNECT") || command.equals("STOMP");
        if (!connected && !connecting) {
            throw new Refusal("expected a CONNECT frame first");
        }
        Durability stored = null;
        switch (command) {
            case "CONNECT", "STOMP" -> connect(frame);
            case "SEND" -> stored = sendMessage(frame);
            case "SUBSCRIBE" -> subscriptions.subscribe(frame);
            case "UNSUBSCRIBE" -> subscriptions.unsubscribe(frame);
            case "ACK" -> acknowledge(frame);
            case "NACK" -> reject(frame);
            case "BEGIN" -> transactions.begin(required(frame, "transaction"));
            case "COMMIT" -> transactions.commit(required(frame, "transaction"));
            case "ABORT" -> transactions.abort(required(frame, "transaction"));
            case "DISCONNECT" -> disconnect(frame);
            default -> throw new Refusal("the command " + command + " is unknown");
        }
        // STOMP 1.2, "Header receipt": any client frame other than CONNECT may ask for one
        if (!connecting && !command.equals("DISCONNECT") && (stored != null || frame.header("receipt") != null)) {
            receipts.add(stored, frame.header("receipt") == null ? null : receipt(frame), frame, arrived);
        }
        return stored;
    }

    /** Whether serving a frame waits for nothing: no disk, no directory of users, no other queue. */
    static boolean isBrief(Frame frame) {
        String destination = frame.header("destination");
        return frame.command().equals("SEND") && destination != null && destination.startsWith("/queue/")
                && destination.indexOf(',') < 0 && frame.header("transaction") == null;
    }

    private void connect(Frame frame) throws Refusal {
        if (connected) {
            throw new Refusal("the connection is connected already");
        }
        Optional<StompVersion> agreed = StompVersion.negotiate(frame.header("accept-version"));
        if (agreed.isEmpty()) {
            throw new Refusal("no version of accept-version:" + frame.header("accept-version") + " is spoken here: expected one of "
                    + StompVersion.SUPPORTED);
        }
        version = agreed.get();
        HeartBeats beats = HeartBeats.negotiate(version == StompVersion.V1_0 ? null : frame.header("heart-beat"),
                options.heartbeatSend(), options.heartbeatReceive());
        for (String header : frame.headers().keySet()) {
            if (header.startsWith("activemq.")) {
                throw new Refusal("the header " + header + " is not allowed on CONNECT", CloseReason.POLICY);
            }
        }
        String clientId = frame.header("client-id");
        connection.setClientId(clientId == null || clientId.isEmpty() ? connectionId.toString() : clientId);
        connection.setUserName(frame.header("login"));
        connection.setPassword(frame.header("passcode"));
        connection.setClientIp(transport.getRemoteAddress());
        connection.setTransportContext(transport.getPeerCertificates());
        broker.request(connection, "CONNECT");
        broker.request(new SessionInfo(sessionId), "CONNECT");
        broker.request(new ProducerInfo(producerId), "CONNECT");
        subscriptions = new Subscriptions(connection, sessionId, broker, names, options, version);
        connected = true;
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("version", version.number());
        headers.put("session", connectionId.toString());
        headers.put("server", SERVER);
        headers.put("heart-beat", options.heartbeatSend() + "," + options.heartbeatReceive());
        transport.connected(beats);
        transport.write(allocator -> FrameWriter.frame(allocator, CONNECTED, version, headers, ""));
    }

    /** @return whether the message is safe, or {@code null} when there is nothing to wait for */
    private Durability sendMessage(Frame frame) throws Refusal {
        String name = required(frame, "destination");
        ActiveMQDestination destination = names.destination(name, "");
        Message message = messages.message(frame, destination);
        message.setProducerId(producerId);
        message.setMessageId(new MessageId(producerId, ++lastMessage));
        String transaction = frame.header("transaction");
        if (transaction != null) {
            message.setTransactionId(transactions.sending(transaction, frame.size()));
        }
        if (frame.header("receipt") == null) {
            broker.send(message);
        } else {
            broker.request(message, "SEND to " + name);
        }
        return Durability.of(message.getMessageId()).orElse(null);
    }

    private void acknowledge(Frame frame) throws Refusal {
        String key = key(frame);
        Subscription subscription = subscription(frame, key);
        List<Delivered> taken = take(frame, subscription, key);
        MessageAck ack = subscription.acknowledgement(taken);
        String transaction = frame.header("transaction");
        if (transaction != null) {
            ack.setTransactionId(transactions.acknowledging(transaction, subscription, taken));
        }
        if (frame.header("receipt") == null) {
            broker.send(ack);
        } else {
            broker.request(ack, "ACK of " + key);
        }
    }

    private void reject(Frame frame) throws Refusal {
        if (version == StompVersion.V1_0) {
            throw new Refusal("STOMP 1.0 has no NACK");
        }
        String key = key(frame);
        Subscription subscription = subscription(frame, key);
        List<Delivered> taken = take(frame, subscription, key);
        String transaction = frame.header("transaction");
        if (transaction != null) {
            transactions.rejecting(transaction, subscription, taken);
        } else {
            broker.request(subscription.rejection(taken), "NACK of " + key);
        }
    }

    private String key(Frame frame) throws Refusal {
        if (version == StompVersion.V1_1) {
            required(frame, "subscription");
        }
        return required(frame, version == StompVersion.V1_2 ? "id" : "message-id");
    }

    private Subscription subscription(Frame frame, String key) throws Refusal {
        return subscriptions.acknowledged(frame, key).orElseThrow(() -> unknown(frame, key));
    }

    private static List<Delivered> take(Frame frame, Subscription subscription, String key) throws Refusal {
        List<Delivered> taken = subscription.take(key);
        if (taken.isEmpty()) {
            throw unknown(frame, key);
        }
        return taken;
    }

    private static Refusal unknown(Frame frame, String key) {
        return new Refusal(frame.command() + " of " + key + ": there is no such message waiting to be acknowledged");
    }

    /** Has the broker take back what this client has not acknowledged, and forget it. */
    void leave() {
        if (connected) {
            connected = false;
            subscriptions.all().forEach(subscriptions::acknowledgeWritten);
            broker.send(connection.createRemoveCommand());
        }
    }

    private void disconnect(Frame frame) throws Refusal {
        leave();
        transport.disconnect(frame.header("receipt") == null ? null : receipt(frame));
    }

    private FrameEncoder receipt(Frame frame) {
        String receipt = frame.header("receipt");
        return allocator -> new FrameWriter(allocator, RECEIPT, version, 0).header(RECEIPT_ID, receipt).noBody();
    }

    private static String required(Frame frame, String header) throws Refusal {
        String value = frame.header(header);
        if (value == null || value.isEmpty()) {
            throw new Refusal(frame.command() + " needs a header " + header);
        }
        return value;
    }

    private static String server() {
        Bundle bundle = FrameworkUtil.getBundle(Session.class);
        return bundle == null ? "gatepost" : "gatepost/" + bundle.getVersion();
    }

    /** Writes one frame that is no message. */
    interface FrameEncoder extends Outbox.Item {

        ByteBuf frame(ByteBufAllocator allocator);

        @Override
        default int size() {
            return 0;
        }

        @Override
        default ByteBuf encode(ByteBufAllocator allocator) {
            return frame(allocator);
        }
    }
}
