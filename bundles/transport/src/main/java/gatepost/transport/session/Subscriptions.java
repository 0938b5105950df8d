package gatepost.transport.session;

import gatepost.contracts.InboxConsumer;
import gatepost.transport.connector.CloseReason;
import gatepost.transport.connector.ConnectorOptions;
import gatepost.transport.connector.LimitReached;
import gatepost.transport.frame.Frame;
import gatepost.transport.frame.StompVersion;
import gatepost.transport.session.Subscription.AckMode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ConnectionInfo;
import org.apache.activemq.command.ConsumerControl;
import org.apache.activemq.command.ConsumerId;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.command.MessageAck;
import org.apache.activemq.command.MessageDispatch;
import org.apache.activemq.command.RemoveSubscriptionInfo;
import org.apache.activemq.command.SessionId;

/**
 * The subscriptions of one connection. The session's thread adds and removes them; broker threads look them up as they
 * dispatch messages and hold them back when too much waits to be written.
 */
final class Subscriptions {

    private static final String OPTION_PREFIX = "activemq.";
    private static final int CHANCE_BYTES = 9;

    private final ConnectionInfo connection;
    private final SessionId session;
    private final BrokerLink broker;
    private final DestinationNames names;
    private final OwnDestinations own;
    private final ConnectorOptions options;
    private final Holding holding;
    private final StompVersion version;
    private final Map<String, Subscription> byName = new HashMap<>();
    private final Map<ConsumerId, Subscription> byConsumer = new ConcurrentHashMap<>(1);
    /** An acknowledgement that comes late, over the next connection, must not be taken for one of another message. */
    private final String ackIds = Unguessable.name(CHANCE_BYTES) + "-";

    private int lastNumber;

    Subscriptions(
            ConnectionInfo connection,
            SessionId session,
            BrokerLink broker,
            DestinationNames names,
            OwnDestinations own,
            ConnectorOptions options,
            Holding holding,
            StompVersion version) {
        this.connection = connection;
        this.session = session;
        this.broker = broker;
        this.names = names;
        this.own = own;
        this.options = options;
        this.holding = holding;
        this.version = version;
    }

    /** @return whom a message is for, or {@code null} when that subscription is gone; any thread */
    Subscription of(MessageDispatch dispatch) {
        return byConsumer.get(dispatch.getConsumerId());
    }

    Iterable<Subscription> all() {
        return byConsumer.values();
    }

    /** @param receipt whether the client asked for one, which comes before any message */
    Subscription subscribe(Frame frame, boolean receipt) throws Refusal {
        String id = frame.header("id");
        if (id == null && version != StompVersion.V1_0) {
            throw new Refusal("SUBSCRIBE needs an id header");
        }
        String destination = frame.header("destination");
        if (destination == null || destination.isEmpty()) {
            throw new Refusal("SUBSCRIBE needs a destination header");
        }
        // without an id (STOMP 1.0) the destination is the name by which the client unsubscribes
        String name = id == null ? destination : id;
        if (byName.containsKey(name)) {
            throw new Refusal("there is a subscription " + name + " on this connection already");
        }
        if (byConsumer.size() >= options.subscriptions()) {
            throw new Refusal(
                    new LimitReached(
                            "subscriptions.max",
                            "too many subscriptions: a connection may have " + options.subscriptions()),
                    CloseReason.POLICY);
        }
        boolean watches = OwnDestinations.isOwn(destination) && !OwnDestinations.isInbox(destination);
        InboxConsumer consumer = watches ? watcher(frame) : consumer(frame, destination);
        Subscription subscription =
                new Subscription(id, ackIds + lastNumber, consumer, mode(frame), version, names, receipt);
        holding.subscribe();
        byName.put(name, subscription);
        byConsumer.put(consumer.getConsumerId(), subscription);
        broker.request(consumer, "SUBSCRIBE to " + destination);
        return subscription;
    }

    void unsubscribe(Frame frame) throws Refusal {
        String durable = durableName(frame);
        if (durable != null) {
            RemoveSubscriptionInfo removal = new RemoveSubscriptionInfo();
            removal.setConnectionId(connection.getConnectionId());
            removal.setClientId(connection.getClientId());
            removal.setSubscriptionName(durable);
            broker.request(removal, "UNSUBSCRIBE of " + durable);
            return;
        }
        String id = frame.header("id");
        if (id == null && version != StompVersion.V1_0) {
            throw new Refusal("UNSUBSCRIBE needs an id header");
        }
        String name = id == null ? frame.header("destination") : id;
        if (name == null) {
            throw new Refusal("UNSUBSCRIBE needs an id or a destination header");
        }
        Subscription subscription = byName.remove(name);
        if (subscription == null) {
            throw new Refusal("there is no subscription " + name);
        }
        subscription.close();
        acknowledgeWritten(subscription);
        byConsumer.remove(subscription.consumer().getConsumerId());
        broker.request(subscription.consumer().createRemoveCommand(), "UNSUBSCRIBE of " + name);
        holding.unsubscribe();
    }

    /** Acknowledges what was written to a subscription with ack mode {@code auto}. */
    void acknowledgeWritten(Subscription subscription) {
        MessageAck ack = subscription.takeWritten();
        if (ack != null) {
            broker.send(ack);
        }
    }

    /** Lets the broker dispatch no more for now; any thread. Takes effect at once, since the broker shares the consumer's info. */
    void holdBack() {
        for (Subscription subscription : byConsumer.values()) {
            if (!subscription.consumer().isWatching()) {
                subscription.consumer().setPrefetchSize(1);
            }
        }
    }

    /** Ends {@link #holdBack}. */
    void release() {
        for (Subscription subscription : byConsumer.values()) {
            if (subscription.consumer().isWatching()) {
                continue;
            }
            ConsumerControl control = new ConsumerControl();
            control.setConsumerId(subscription.consumer().getConsumerId());
            control.setDestination(subscription.consumer().getDestination());
            control.setPrefetch(subscription.prefetch());
            broker.send(control);
        }
    }

    /** @return the subscription that an ACK or NACK speaks of, as the version names it */
    Optional<Subscription> acknowledged(Frame frame, String key) {
        String name = frame.header("subscription");
        if (version == StompVersion.V1_2 || name == null) {
            return byConsumer.values().stream()
                    .filter(subscription -> subscription.has(key))
                    .findFirst();
        }
        return Optional.ofNullable(byName.get(name));
    }

    /** It gets few and short frames and no messages: there is nothing to hold back. */
    private InboxConsumer watcher(Frame frame) throws Refusal {
        InboxConsumer consumer = new InboxConsumer(new ConsumerId(session, ++lastNumber));
        consumer.setDestination(own.watched(frame));
        consumer.watch();
        consumer.setDispatchAsync(false);
        consumer.setPrefetchSize(1);
        return consumer;
    }

    private InboxConsumer consumer(Frame frame, String destination) throws Refusal {
        Map<String, String> extensions = new HashMap<>();
        frame.headers().forEach((name, value) -> {
            if (name.startsWith(OPTION_PREFIX)) {
                extensions.put(name.substring(OPTION_PREFIX.length()), value);
            }
        });
        // as RabbitMQ writes it, where 0 is as many as may be
        if (HeaderValues.number(frame, "prefetch-count", 0, Integer.MAX_VALUE, 0) > 0) {
            extensions.putIfAbsent("prefetchSize", frame.header("prefetch-count"));
        }
        String durable = durableName(frame);
        if (durable != null) {
            extensions.put("subscriptionName", durable);
        }
        String privileged = ConsumerExtensions.privileged(extensions);
        ActiveMQDestination actual = OwnDestinations.isInbox(destination)
                ? names.destination("/queue/" + own.inbox(frame).getPhysicalName(), privileged)
                : names.destination(destination, privileged);
        InboxConsumer consumer = new InboxConsumer(new ConsumerId(session, ++lastNumber));
        consumer.setDestination(actual);
        StartHeaders.of(frame, actual).ifPresent(consumer::start);
        DeviceHeader.of(frame, actual).ifPresent(consumer::device);
        if (StartHeaders.isDoneByRequest(frame, actual)) {
            consumer.doneByRequest();
        }
        // with asynchronous dispatch ActiveMQ looks for more from within the dispatch of a message, and trips over
        // itself there
        // since a connector of ours hands messages over on the same thread
        consumer.setDispatchAsync(false);
        consumer.setPrefetchSize(mode(frame) == AckMode.AUTO ? options.prefetchAuto() : options.prefetchClient());
        consumer.setBrowser(HeaderValues.flag(frame, "browser", false));
        String selector = frame.header("selector");
        if (selector != null) {
            // every property of a message from STOMP is a string: "priority > 3" has to compare numbers all the same
            consumer.setSelector("convert_string_expressions:" + selector);
        }
        ConsumerExtensions.apply(consumer, extensions, actual);
        requireDurability(frame, consumer);
        return consumer;
    }

    /** As ActiveMQ writes it, or as Apollo does. */
    private static String durableName(Frame frame) {
        String name = frame.header("activemq.subscriptionName");
        return name == null ? frame.header("durable-subscription-name") : name;
    }

    /**
     * Who asks for a durable subscription gets one or an error. Under an id that is this connection's alone it would keep messages that
     * nobody can come back for.
     */
    private void requireDurability(Frame frame, ConsumerInfo consumer) throws Refusal {
        String clientId = connection.getClientId();
        if (consumer.isDurable()
                && clientId != null
                && clientId.endsWith(connection.getConnectionId().getValue())) {
            throw new Refusal("the durable subscription " + consumer.getSubscriptionName()
                    + " needs a client-id header on CONNECT");
        }
        // as RabbitMQ writes it
        if (HeaderValues.flag(frame, "durable", false)
                && consumer.getDestination().isTopic()
                && !consumer.isDurable()) {
            throw new Refusal("the header durable:true cannot be used: expected activemq.subscriptionName:NAME");
        }
    }

    private static AckMode mode(Frame frame) throws Refusal {
        String ack = frame.header("ack");
        if (ack == null || ack.equals("auto")) {
            return AckMode.AUTO;
        }
        return switch (ack) {
            case "client" -> AckMode.CLIENT;
            case "client-individual" -> AckMode.CLIENT_INDIVIDUAL;
            default ->
                throw new Refusal(
                        "the header ack:" + ack + " cannot be used: expected auto, client or client-individual");
        };
    }
}
