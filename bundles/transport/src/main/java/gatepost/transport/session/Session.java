package gatepost.transport.session;

import gatepost.contracts.Account;
import gatepost.contracts.Client;
import gatepost.contracts.Durability;
import gatepost.contracts.InboxRequest;
import gatepost.contracts.TokenAccount;
import gatepost.transport.connector.ConnectorOptions;
import gatepost.transport.frame.Frame;
import gatepost.transport.frame.FrameWriter;
import gatepost.transport.frame.StompVersion;
import gatepost.transport.metrics.TransportMetrics;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.AsciiString;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.command.ConnectionInfo;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.command.ProducerId;
import org.apache.activemq.command.ProducerInfo;
import org.apache.activemq.command.SessionId;
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
    private static final String QUEUE = "/queue/";

    private static final AsciiString CONNECTED = AsciiString.cached("CONNECTED");
    private static final String SERVER = server();

    private final Client client;
    private final Lifecycle lifecycle;
    private final ConnectorOptions options;
    private final BrokerLink broker;
    private final Outbox outbox;
    private final TransportMetrics metrics;
    private final Consumer<HeartBeats> greeted;
    private final ConnectionId connectionId = new ConnectionId("ID:gatepost-" + Unguessable.name(CHANCE_BYTES));
    /** The one that ActiveMQ makes for each connection. */
    private final SessionId sessionId = new SessionId(connectionId, -1);

    private final ProducerId producerId = new ProducerId(sessionId, 1);
    private final ConnectionInfo connection = new ConnectionInfo(connectionId);
    private final DestinationNames names;
    private final OwnDestinations own;
    private final TokenRefreshes tokens;
    private final IncomingMessages messages;
    private final Transactions transactions;
    private final Receipts receipts;
    private final Holding holding;
    private volatile StompVersion version = StompVersion.V1_0;
    private volatile Subscriptions subscriptions;
    private Acknowledgements acknowledgements;
    private long lastMessage;

    /**
     * @param address of the client, as a URI
     * @param client what else is known of it
     * @param holding of what its user may have
     * @param exit where receipts go
     * @param shared counts what is acknowledged and does not wait, and knows who has an inbox
     * @param greeted called once the client is signed in, right before it hears so
     */
    Session(
            String address,
            Client client,
            Lifecycle lifecycle,
            BrokerLink broker,
            ConnectorOptions options,
            Outbox outbox,
            Holding holding,
            Receipts.Exit exit,
            SharedResources shared,
            Consumer<HeartBeats> greeted) {
        this.client = client;
        this.lifecycle = lifecycle;
        this.broker = broker;
        this.options = options;
        this.outbox = outbox;
        this.metrics = shared.metrics();
        this.greeted = greeted;
        this.names = new DestinationNames(connectionId, broker, options.subscriptions(), holding);
        this.own = new OwnDestinations(shared.inboxes(), this::user, names);
        this.tokens = new TokenRefreshes(client::account);
        this.messages = new IncomingMessages(names);
        this.transactions = new Transactions(connectionId, broker, options.transactions(), holding);
        this.receipts = new Receipts(exit);
        this.holding = holding;
        connection.setClientIp(address);
        connection.setTransportContext(client);
    }

    /** @return the broker's id of the connection; any thread */
    String id() {
        return connectionId.toString();
    }

    /** @return who it is, once CONNECTED; any thread */
    String user() {
        return client.account().map(Account::user).orElse(connection.getUserName());
    }

    /** @return the version agreed on; any thread */
    StompVersion stompVersion() {
        return version;
    }

    /** @return the subscriptions, or {@code null} before CONNECTED; any thread */
    Subscriptions subscriptions() {
        return subscriptions;
    }

    /** Has that run once every message that came so far is on the disk, and its receipt written. */
    void afterReceipts(Runnable next) {
        receipts.afterwards(next);
    }

    /**
     * @param frame any but DISCONNECT
     * @param arrived when it came, as {@link System#nanoTime} says
     * @return what the frame brought and is on its way to the disk, or {@code null}
     */
    Durability serve(Frame frame, long arrived) throws Refusal {
        String command = frame.command();
        boolean connecting = command.equals("CONNECT") || command.equals("STOMP");
        if (lifecycle.is(Phase.ANONYMOUS) && !connecting) {
            throw new Refusal("expected a CONNECT frame first");
        }
        Durability stored = null;
        FrameEncoder receipt = receipt(frame);
        switch (command) {
            case "CONNECT", "STOMP" -> connect(frame);
            case "SEND" -> {
                String destination = required(frame, "destination");
                if (TokenRefreshes.isOne(destination)) {
                    receipt = OutgoingReceipts.refreshed(tokens.refresh(frame), frame, version);
                } else {
                    Message message = send(frame, destination);
                    stored = stored(message);
                    receipt = OutgoingReceipts.sent(message, stored, frame, version);
                }
            }
            case "SUBSCRIBE" -> receipt = subscribe(frame);
            case "UNSUBSCRIBE" -> subscriptions.unsubscribe(frame);
            case "ACK" -> receipt = OutgoingReceipts.settled(acknowledgements.acknowledge(frame), frame, version);
            case "NACK" -> receipt = OutgoingReceipts.settled(acknowledgements.reject(frame), frame, version);
            case "BEGIN" -> transactions.begin(required(frame, "transaction"));
            case "COMMIT" -> transactions.commit(required(frame, "transaction"));
            case "ABORT" -> transactions.abort(required(frame, "transaction"));
            default -> throw new Refusal("the command " + command + " is unknown");
        }
        // STOMP 1.2, "Header receipt": any client frame other than CONNECT may ask for one
        if (!connecting && (stored != null || receipt != null)) {
            receipts.add(stored, receipt, frame, arrived);
        }
        return stored;
    }

    /** Whether serving a frame waits for nothing, and is soon done: no disk, no directory of users, no other queue. Any thread. */
    boolean isBrief(Frame frame) {
        String destination = frame.header("destination");
        return frame.command().equals("SEND")
                && destination != null
                && destination.startsWith(QUEUE)
                && destination.indexOf(',') < 0
                && frame.header("transaction") == null
                && !SendHeaders.looksForAnother(frame)
                && !own.isToMany(destination.substring(QUEUE.length()).trim());
    }

    private void connect(Frame frame) throws Refusal {
        if (lifecycle.is(Phase.SIGNED_IN)) {
            throw new Refusal("the connection is connected already");
        }
        version = ConnectRequest.version(frame);
        ConnectRequest request = ConnectRequest.of(frame, version, options);
        connection.setClientId(request.clientId().orElse(connectionId.toString()));
        connection.setUserName(request.login());
        connection.setPassword(request.passcode());
        broker.request(connection, "CONNECT");
        broker.request(new ProducerInfo(producerId), "CONNECT");
        holding.join(String.valueOf(user()));
        subscriptions = new Subscriptions(connection, sessionId, broker, names, own, options, holding, version);
        acknowledgements = new Acknowledgements(broker, subscriptions, transactions, version, metrics);
        if (!lifecycle.signIn()) {
            broker.send(connection.createRemoveCommand());
            return;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("version", version.number());
        headers.put("session", connectionId.toString());
        headers.put("server", SERVER);
        client.account()
                .filter(TokenAccount.class::isInstance)
                .map(account -> ((TokenAccount) account).expiresIn().toSeconds())
                .ifPresent(seconds -> headers.put(OwnHeaders.EXPIRES_IN.toString(), String.valueOf(seconds)));
        headers.put("heart-beat", options.heartbeatSend() + "," + options.heartbeatReceive());
        greeted.accept(request.beats());
        FrameEncoder answer = allocator -> FrameWriter.frame(allocator, CONNECTED, version, headers, "");
        outbox.add(answer);
    }

    private Message send(Frame frame, String name) throws Refusal {
        Message message =
                OwnDestinations.isOwn(name) ? own.request(frame) : messages.message(frame, names.destination(name, ""));
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
        return message;
    }

    /** @return what its receipt, and those after it, wait for; {@code null} for nothing */
    private static Durability stored(Message message) {
        // what nobody asked a receipt for may be written together with something later
        boolean awaited = message.isResponseRequired() || !(message instanceof InboxRequest);
        return awaited ? Durability.of(message.getMessageId()).orElse(null) : null;
    }

    /** Has the broker take back what this client has not acknowledged, and forget it. Call it once, for one that was signed in. */
    void leave() {
        subscriptions.all().forEach(subscriptions::acknowledgeWritten);
        broker.send(connection.createRemoveCommand());
    }

    /** Lets go of what it kept, whatever its thread does; any thread. */
    void forget() {
        transactions.forget();
    }

    private FrameEncoder subscribe(Frame frame) throws Refusal {
        Subscription subscription = subscriptions.subscribe(frame, frame.header("receipt") != null);
        return OutgoingReceipts.subscribed(subscription, frame, version, outbox);
    }

    /** @return the receipt that the frame asks for, or {@code null} */
    FrameEncoder receipt(Frame frame) {
        return OutgoingReceipts.plain(frame, version);
    }

    static String required(Frame frame, String header) throws Refusal {
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

        /** It stands in the outbox: what is added from now on comes after it. */
        default void queued() {}

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
