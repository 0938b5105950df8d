package gatepost.transport.session;

import gatepost.contracts.Account;
import gatepost.contracts.Client;
import gatepost.contracts.Durability;
import gatepost.contracts.InboxAck;
import gatepost.contracts.InboxConsumer;
import gatepost.contracts.InboxConsumer.Beginning;
import gatepost.contracts.InboxPosition;
import gatepost.contracts.InboxRequest;
import gatepost.contracts.InboxState;
import gatepost.contracts.QuotaReached;
import gatepost.contracts.TokenAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.activemq.command.ActiveMQBytesMessage;
import org.apache.activemq.command.Command;
import org.apache.activemq.command.ConnectionError;
import org.apache.activemq.command.ConnectionInfo;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.command.ExceptionResponse;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageDispatch;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.command.Response;
import org.apache.activemq.transport.TransportListener;

/** Stands in for the broker: agrees to everything unless it is told otherwise, and hands each message to who subscribed last. */
final class StandInBroker implements TransportListener {

    static final Instant SIGNED_IN = Instant.parse("2026-11-27T09:30:00Z");

    final List<Command> commands = new ArrayList<>();
    final List<String> ends = new ArrayList<>();
    private final Consumer<Object> client;
    private final List<String> waiting = new ArrayList<>();
    private ConsumerInfo consumer;
    private RuntimeException refusal;
    private Durability disk;
    private boolean trusted;
    private Runnable stuck = () -> {};
    private Beginning beginning;
    private InboxPosition position;
    private Supplier<MessageDispatch> dispatches = MessageDispatch::new;
    private boolean settles;
    private String firstState;
    private Duration lasting;
    private Exception notRefreshed;
    final List<String> tokens = new ArrayList<>();
    private final Set<String> doneElsewhere = new HashSet<>();

    StandInBroker(StompTransport transport) {
        this.client = transport::oneway;
    }

    StandInBroker(CallTransport transport) {
        this.client = transport::oneway;
    }

    /** From now on everything is refused. */
    void refuse(RuntimeException why) {
        refusal = why;
    }

    /** From now on a message is safe only when the caller says so. */
    Durability slowDisk() {
        disk = new Durability();
        return disk;
    }

    /** Whoever signs in from now on is trusted. */
    void trust() {
        trusted = true;
    }

    /** The next message takes long: meanwhile this happens. */
    void stuckWhile(Runnable meanwhile) {
        stuck = meanwhile;
    }

    /** As an inbox does, it says of each subscription from now on where that begins. */
    void begins(Beginning where) {
        beginning = where;
    }

    /** As an inbox does, it gives each message from now on this place. */
    void places(InboxPosition where) {
        position = where;
    }

    /** Each message from now on goes out with one of these. */
    void dispatches(Supplier<MessageDispatch> with) {
        dispatches = with;
    }

    /** As an inbox does, it says of what is asked of it from now on that something came of it. */
    void settles() {
        settles = true;
    }

    /** As an inbox does, it says this to whoever watches it from now on, before the broker answers. */
    void firstState(String json) {
        firstState = json;
    }

    /** As an inbox does, it says this to whoever watched it first. */
    void states(String... json) {
        InboxConsumer watcher = commands(InboxConsumer.class).stream()
                .filter(InboxConsumer::isWatching)
                .findFirst()
                .orElseThrow();
        for (String each : json) {
            client.accept(new InboxState(watcher.getConsumerId(), each));
        }
    }

    /** Whoever signs in from now on came with a token that is good for so long, and for twice as long when it is refreshed. */
    void lasts(Duration time) {
        lasting = time;
    }

    /** No token is refreshed from now on. */
    void refusesTokens(Exception why) {
        notRefreshed = why;
    }

    /** As an inbox does, it says of an acknowledgement of this message alone that it settles nothing. */
    void doneElsewhere(String message) {
        doneElsewhere.add(message);
    }

    /** Messages that wait for who subscribes next, and are dispatched before it hears that it has. */
    void waits(String... names) {
        waiting.addAll(List.of(names));
    }

    <T> List<T> commands(Class<T> type) {
        return commands.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public void onCommand(Object received) {
        Command command = (Command) received;
        commands.add(command);
        if (refusal != null) {
            answer(command, refusal);
            return;
        }
        if (command instanceof ConnectionInfo connection) {
            signIn(connection);
        } else if (command instanceof InboxConsumer watcher && watcher.isWatching()) {
            if (firstState != null) {
                states(firstState);
            }
        } else if (command instanceof InboxConsumer info) {
            consumer = info;
            if (beginning != null) {
                info.began(beginning);
            }
            waiting.forEach(name -> dispatch(message(info, name)));
            waiting.clear();
        } else if (command instanceof InboxAck ack) {
            if (doneElsewhere.contains(ack.getLastMessageId().toString())) {
                ack.settles(false);
            }
        } else if (command instanceof InboxRequest request) {
            if (settles) {
                request.settled();
            }
            if (disk != null) {
                disk.leaveWith(request.getMessageId());
            }
        } else if (command instanceof Message message) {
            Runnable meanwhile = stuck;
            stuck = () -> {};
            meanwhile.run();
            if (disk != null) {
                disk.leaveWith(message.getMessageId());
                disk.position(position);
            }
            dispatch(message);
        }
        if (command.isResponseRequired()) {
            client.accept(new Response());
        }
    }

    @Override
    public void onException(IOException error) {
        ends.add(error.getMessage());
    }

    @Override
    public void transportInterupted() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void transportResumed() {
        throw new UnsupportedOperationException();
    }

    private void signIn(ConnectionInfo connection) {
        String user = connection.getUserName();
        Client.of(connection).orElseThrow().signedIn(lasting == null ? new Named(user) : new WithToken(user));
    }

    private class Named implements Account {

        private final String user;

        Named(String user) {
            this.user = user;
        }

        @Override
        public String user() {
            return user;
        }

        @Override
        public Instant since() {
            return SIGNED_IN;
        }

        @Override
        public boolean isTrusted() {
            return trusted;
        }
    }

    private final class WithToken extends Named implements TokenAccount {

        WithToken(String user) {
            super(user);
        }

        @Override
        public Instant expires() {
            return SIGNED_IN.plus(lasting);
        }

        @Override
        public Duration expiresIn() {
            return lasting;
        }

        @Override
        public Duration refresh(String token) throws QuotaReached {
            tokens.add(token);
            if (notRefreshed instanceof QuotaReached often) {
                throw often;
            }
            if (notRefreshed != null) {
                throw (RuntimeException) notRefreshed;
            }
            return lasting.multipliedBy(2);
        }
    }

    private static Message message(ConsumerInfo info, String name) {
        ActiveMQBytesMessage message = new ActiveMQBytesMessage();
        message.setDestination(info.getDestination());
        message.setMessageId(new MessageId("waiting:1:1", name.hashCode()));
        try {
            message.setProperty("name", name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return message;
    }

    private void dispatch(Message message) {
        if (consumer != null) {
            MessageDispatch dispatch = dispatches.get();
            dispatch.setConsumerId(consumer.getConsumerId());
            dispatch.setDestination(message.getDestination());
            dispatch.setMessage(message);
            client.accept(dispatch);
        }
    }

    private void answer(Command command, RuntimeException why) {
        if (command.isResponseRequired()) {
            client.accept(new ExceptionResponse(why));
        } else {
            ConnectionError error = new ConnectionError();
            error.setException(why);
            client.accept(error);
        }
    }
}
