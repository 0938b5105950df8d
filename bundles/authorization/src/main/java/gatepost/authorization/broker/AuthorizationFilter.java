package gatepost.authorization.broker;

import gatepost.authorization.engine.Gate;
import gatepost.authorization.engine.Operation;
import gatepost.contracts.Client;
import gatepost.contracts.GateQuestion;
import gatepost.contracts.InboxNames;
import gatepost.contracts.InboxRequest;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.ProducerBrokerExchange;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ConnectionInfo;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.command.DestinationInfo;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessagePull;
import org.apache.activemq.command.ProducerInfo;
import org.apache.activemq.command.RemoveSubscriptionInfo;
import org.apache.activemq.command.Response;

/**
 * Checks every way into the broker against the map in force, and keeps nothing of what it decided. Calls that the broker makes
 * on its own account pass ({@link Subject#isBroker}); a client's context without a security context is denied.
 *
 * <p>What takes back or ends something of a client's own (a subscription, a producer, a connection, its own temporary
 * destination) is always allowed: it must work as well for a session that was just cut.
 */
public final class AuthorizationFilter extends BrokerFilter {

    private final Guard guard;
    private final Supplier<Optional<InboxNames>> inboxes;
    private final Subscriptions subscriptions = new Subscriptions();

    /** @param inboxes who says which queue is an inbox, if somebody does at that moment */
    public AuthorizationFilter(Broker next, Gate gate, Audit audit, Supplier<Optional<InboxNames>> inboxes) {
        super(next);
        this.guard = new Guard(gate, audit);
        this.inboxes = inboxes;
    }

    /** What the clients are subscribed to that are signed in through this filter. */
    public Subscriptions subscriptions() {
        return subscriptions;
    }

    @Override
    public void addConnection(ConnectionContext context, ConnectionInfo info) throws Exception {
        if (Subject.of(context).isEmpty()) {
            guard.refuse(context, "connect", "", Judge.notSignedIn().reason());
        }
        super.addConnection(context, info);
        subscriptions.signedIn(context, Client.of(info).map(Client::isCaller).orElse(false));
    }

    @Override
    public void removeConnection(ConnectionContext context, ConnectionInfo info, Throwable error) throws Exception {
        subscriptions.removed(context);
        super.removeConnection(context, info, error);
    }

    /**
     * The subscription is known before it is decided about, and decided about again once it is there: a map that comes in
     * between either finds it among the live ones or is the one that decides.
     */
    @Override
    public Subscription addConsumer(ConnectionContext context, ConsumerInfo info) throws Exception {
        if (Subject.isBroker(context)) {
            return super.addConsumer(context, info);
        }
        SessionSubscriptions session = subscriptions.of(context);
        session.subscribed(info);
        try {
            requireOwnConsumer(context, info.getConsumerId().getConnectionId(), String.valueOf(info.getDestination()));
            requireNoPredicate(context, info);
            guard.requireSubscription(context, info);
            Subscription subscription = super.addConsumer(context, info);
            if (!guard.decide(context, info).allowed()) {
                super.removeConsumer(context, info);
                guard.requireSubscription(context, info);
            }
            return subscription;
        } catch (Exception e) {
            session.unsubscribed(info);
            throw e;
        }
    }

    @Override
    public void removeConsumer(ConnectionContext context, ConsumerInfo info) throws Exception {
        subscriptions.unsubscribed(context, info);
        super.removeConsumer(context, info);
    }

    @Override
    public Response messagePull(ConnectionContext context, MessagePull pull) throws Exception {
        if (!Subject.isBroker(context)) {
            requireOwnConsumer(context, pull.getConsumerId().getConnectionId(), String.valueOf(pull.getDestination()));
        }
        return super.messagePull(context, pull);
    }

    @Override
    public void addProducer(ConnectionContext context, ProducerInfo info) throws Exception {
        if (info.getDestination() != null && !Subject.isBroker(context)) {
            guard.require(context, Operation.WRITE, info.getDestination());
        }
        super.addProducer(context, info);
    }

    @Override
    public void send(ProducerBrokerExchange exchange, Message message) throws Exception {
        ConnectionContext context = exchange.getConnectionContext();
        if (message instanceof GateQuestion question) {
            guard.require(context, operation(question.right()), question.getDestination());
            question.grant();
            return;
        }
        if (!Subject.isBroker(context)) {
            if (message instanceof InboxRequest request) {
                requireRequest(context, request);
            } else {
                guard.require(context, Operation.WRITE, message.getDestination());
            }
        }
        super.send(exchange, message);
    }

    private static Operation operation(GateQuestion.Right right) {
        return switch (right) {
            case READ -> Operation.READ;
            case WRITE -> Operation.WRITE;
            case ADMIN -> Operation.ADMIN;
        };
    }

    /** What is asked of an inbox needs as much as reading it does; a message is taken back by who may send one. */
    private void requireRequest(ConnectionContext context, InboxRequest request) {
        ActiveMQDestination inbox = request.getDestination();
        if (request.kind().isReading()) {
            guard.require(context, Operation.READ, inbox);
        } else if (request.kind() == InboxRequest.Kind.WITHDRAW) {
            guard.require(context, Operation.WRITE, inbox);
            if (guard.allows(context, Operation.ADMIN, inbox)) {
                request.byAdministrator();
            }
        } else {
            guard.refuse(context, Operation.ADMIN.word(), String.valueOf(inbox), "nobody may ask " + request.kind());
        }
    }

    @Override
    public void addDestinationInfo(ConnectionContext context, DestinationInfo info) throws Exception {
        requireCreation(context, info.getDestination());
        super.addDestinationInfo(context, info);
    }

    /** ActiveMQ comes here for the first send or subscription to a destination as well, with the client's context. */
    @Override
    public Destination addDestination(
            ConnectionContext context, ActiveMQDestination destination, boolean createTemporary) throws Exception {
        // without createTemporary the broker makes no temporary destination but answers that there is none of this name
        if (!destination.isTemporary() || destination.isComposite() || createTemporary) {
            requireCreation(context, destination);
        }
        return super.addDestination(context, destination, createTemporary);
    }

    @Override
    public void removeDestinationInfo(ConnectionContext context, DestinationInfo info) throws Exception {
        requireRemoval(context, info.getDestination());
        super.removeDestinationInfo(context, info);
    }

    @Override
    public void removeDestination(ConnectionContext context, ActiveMQDestination destination, long timeout)
            throws Exception {
        requireRemoval(context, destination);
        super.removeDestination(context, destination, timeout);
    }

    /** A durable subscription belongs to the client id that made it; the frame's own words about whose it is do not count. */
    @Override
    public void removeSubscription(ConnectionContext context, RemoveSubscriptionInfo info) throws Exception {
        if (!Subject.isBroker(context) && !isOwnClientId(context, info.getClientId())) {
            guard.refuse(
                    context,
                    "unsubscribe",
                    String.valueOf(info.getSubscriptionName()),
                    "the durable subscription belongs to another client id");
        }
        info.setClientId(Subject.isBroker(context) ? info.getClientId() : context.getClientId());
        super.removeSubscription(context, info);
    }

    /** The client knows its id without the user's name, which authentication puts before it. */
    private static boolean isOwnClientId(ConnectionContext context, String clientId) {
        String own = context.getClientId();
        return own != null
                && Subject.of(context)
                        .filter(subject -> own.equals(clientId)
                                || own.equals(subject.user().name() + "/" + clientId))
                        .isPresent();
    }

    private void requireCreation(ConnectionContext context, ActiveMQDestination destination) {
        if (Subject.isBroker(context) || getDestinationMap(destination).containsKey(destination)) {
            return;
        }
        if (destination.isPattern()) {
            guard.refuse(context, Operation.ADMIN.word(), destination.toString(), "a wildcard is no destination");
        }
        // a user has an inbox whether anything was sent there before or not: who may send is not asked for more
        if (isInbox(destination) && guard.allows(context, Operation.WRITE, destination)) {
            return;
        }
        guard.require(context, Operation.ADMIN, destination);
    }

    private boolean isInbox(ActiveMQDestination destination) {
        return destination.isQueue()
                && inboxes.get()
                        .filter(names -> names.isInbox(destination.getPhysicalName()))
                        .isPresent();
    }

    private void requireRemoval(ConnectionContext context, ActiveMQDestination destination) {
        boolean own = destination.isTemporary()
                && !destination.isComposite()
                && Subject.of(context)
                        .filter(subject -> subject.made(destination.getPhysicalName()))
                        .isPresent();
        if (!own && !Subject.isBroker(context)) {
            guard.require(context, Operation.ADMIN, destination);
        }
    }

    /** Only here: further in, the broker puts there what it has read of the client's selector, which anybody may have. */
    private void requireNoPredicate(ConnectionContext context, ConsumerInfo info) {
        if (info.getAdditionalPredicate() != null) {
            guard.refuse(
                    context,
                    Operation.READ.word(),
                    String.valueOf(info.getDestination()),
                    "a client brings a selector, and no predicate");
        }
    }

    /** The broker finds a subscription by its id alone, and would give one client another's. */
    private void requireOwnConsumer(ConnectionContext context, String connectionId, String destination) {
        if (context.getConnectionId() == null
                || !context.getConnectionId().getValue().equals(connectionId)) {
            guard.refuse(context, Operation.READ.word(), destination, "the consumer id belongs to another connection");
        }
    }
}
