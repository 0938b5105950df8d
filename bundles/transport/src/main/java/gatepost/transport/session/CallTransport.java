package gatepost.transport.session;

import gatepost.contracts.Account;
import gatepost.contracts.Client;
import gatepost.contracts.Durability;
import gatepost.contracts.GateQuestion;
import gatepost.contracts.GateQuestion.Right;
import gatepost.contracts.InboxDispatch;
import gatepost.contracts.InboxPage.Stored;
import gatepost.contracts.InboxRequest;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import gatepost.contracts.http.CallSession;
import gatepost.transport.connector.ConnectorOptions;
import gatepost.transport.frame.Frame;
import gatepost.transport.frame.FrameLimits;
import io.netty.channel.Channel;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.Command;
import org.apache.activemq.command.ConnectionError;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.command.ConnectionInfo;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.command.ProducerId;
import org.apache.activemq.command.ProducerInfo;
import org.apache.activemq.command.Response;
import org.apache.activemq.command.SessionId;
import org.apache.activemq.util.ByteSequence;
import org.apache.activemq.util.ServiceStopper;

/**
 * The session of one who calls over HTTP, as ActiveMQ sees it: signed in once, and there for as long as the calls of that connection
 * bring the same credentials. It subscribes to nothing. What the session does is done by {@link #execute}, one thing after another.
 */
public final class CallTransport extends ClientTransport implements CallSession {

    private static final int CHANCE_BYTES = 16;
    /** What a call counts for besides its body. */
    private static final int CALL_BYTES = 256;

    private final SerialExecutor executor;
    private final Lifecycle lifecycle = new Lifecycle();
    private final BrokerLink broker = new BrokerLink(this::getTransportListener);
    private final Holding holding;
    private final Throttle throttle;
    private final ConnectionInfo connection;
    private final ProducerId producerId;
    private final DestinationNames names;
    private final FrameLimits frameLimits;
    private final IncomingMessages messages;
    private final Runnable closed;
    /** Messages that it has sent and nobody has counted yet. */
    private final AtomicInteger sent = new AtomicInteger();

    private long lastMessage;

    /**
     * @param channel which is read more slowly when more comes than may
     * @param remoteAddress of the client, as a URI
     * @param client what else is known of it
     * @param readOn called on the event loop when what came too fast is paid for
     * @param closed called when the broker wants no more of it, on whatever thread
     */
    public CallTransport(
            Channel channel,
            String remoteAddress,
            Client client,
            ConnectorOptions options,
            SharedResources shared,
            Runnable readOn,
            Runnable closed) {
        super(remoteAddress, client);
        this.closed = closed;
        this.executor = new SerialExecutor(shared.pool());
        this.holding = new Holding(shared.users(), options.user());
        this.throttle = new Throttle(channel, client, options.rates(), holding, shared.metrics(), readOn);
        ConnectionId id = new ConnectionId("ID:gatepost-" + Unguessable.name(CHANCE_BYTES));
        this.connection = new ConnectionInfo(id);
        connection.setClientId(id.toString());
        connection.setClientIp(remoteAddress);
        connection.setTransportContext(client);
        this.producerId = new ProducerId(new SessionId(id, -1), 1);
        this.frameLimits = options.frame();
        this.names = new DestinationNames(id, broker, options.subscriptions(), holding);
        this.messages = new IncomingMessages(names);
    }

    @Override
    public String address() {
        return remoteAddress;
    }

    /** Has something done on the session's thread, after all that was given before; any thread. */
    public void execute(Runnable task) {
        executor.execute(task);
    }

    /**
     * Signs in. May wait for a directory of users; session's thread only, and once.
     *
     * @param login empty with a token
     */
    public void signIn(String login, String passcode) throws CallRefused {
        if (!lifecycle.is(Phase.ANONYMOUS)) {
            throw new CallRefused(Reason.UNAVAILABLE, "the connector is closing");
        }
        connection.setUserName(login);
        connection.setPassword(passcode);
        ask(connection, "signing in");
        ask(new ProducerInfo(producerId), "signing in");
        holding.join(account().user());
        if (!lifecycle.signIn()) {
            leave();
            throw ended();
        }
    }

    /** Whether it may serve another call; any thread. */
    public boolean isSignedIn() {
        return lifecycle.is(Phase.SIGNED_IN);
    }

    /** The client goes, or comes as somebody else. Any thread. */
    public void end() {
        lifecycle.end().ifPresent(before -> {
            holding.end();
            executor.execute(() -> {
                if (before == Phase.SIGNED_IN) {
                    leave();
                }
                onException(new EOFException("the client has left"));
            });
        });
    }

    /** So many bytes came; event loop only. */
    public void count(int bytes) {
        throttle.count(bytes, false);
        throttle.settle();
    }

    /** A call was served: it counts as a frame does, and so does each message of it; its body is not kept any more. Event loop only. */
    public void served() {
        holding.releaseUnfinished();
        for (int left = Math.max(1, sent.getAndSet(0)); left > 0; left--) {
            throttle.count(CALL_BYTES, true);
        }
        throttle.settle();
    }

    /** Whether nothing should be read for now, since it came too fast; event loop only. */
    public boolean isPausing() {
        return throttle.isPausing();
    }

    /**
     * So much has come of a body that is not whole.
     *
     * @throws CallRefused when it is more than its user may have
     */
    public void keepUnfinished(long bytes) throws CallRefused {
        if (client.account().map(Account::isTrusted).orElse(false)) {
            return;
        }
        try {
            holding.keepUnfinished(bytes);
        } catch (Refusal e) {
            throw CallRefusals.of(e);
        }
    }

    @Override
    public Account account() {
        return client.account().orElseThrow();
    }

    @Override
    public Durability send(ActiveMQQueue queue, Map<String, String> headers, byte[] body) throws CallRefused {
        try {
            MessageSize.require(frameLimits, headers, body);
            Message message = messages.message(new Frame("SEND", headers, body), queue);
            sent.incrementAndGet();
            return carry(message, "sending to " + queue.getPhysicalName());
        } catch (Refusal e) {
            throw CallRefusals.of(e);
        }
    }

    @Override
    public Durability ask(InboxRequest request) throws CallRefused {
        String kind = request.kind().name().toLowerCase(Locale.ROOT);
        return carry(request, kind + " of " + request.getDestination().getPhysicalName());
    }

    @Override
    public void require(Right right, ActiveMQDestination destination) throws CallRefused {
        GateQuestion question = new GateQuestion(right, destination);
        carry(question, "asking the gate");
        if (!question.isGranted()) {
            throw new CallRefused(Reason.DENIED, "there is no gate that could say who may");
        }
    }

    @Override
    public Described describe(Stored stored, String epoch) throws CallRefused {
        Message message = stored.message();
        InboxDispatch inbox =
                new InboxDispatch(epoch, stored.offset(), false, false, stored.state(), stored.replaces());
        Map<String, String> headers = new LinkedHashMap<>();
        try {
            OutgoingMessages.say(message, inbox, null, names, (name, value) -> {
                if (value != null) {
                    headers.put(name.toString(), value);
                }
            });
            ByteSequence body = OutgoingMessages.body(message);
            int from = body.getOffset();
            return new Described(headers, Arrays.copyOfRange(body.getData(), from, from + body.getLength()));
        } catch (IOException e) {
            throw CallRefusals.of(e, "reading the message at " + stored.offset());
        }
    }

    private Durability carry(Message message, String doing) throws CallRefused {
        if (!isSignedIn()) {
            throw ended();
        }
        message.setProducerId(producerId);
        message.setMessageId(new MessageId(producerId, ++lastMessage));
        ask(message, doing);
        return Durability.of(message.getMessageId()).orElseGet(Durability::alreadySafe);
    }

    private void ask(Command command, String doing) throws CallRefused {
        try {
            Optional<Throwable> failure = broker.ask(command);
            if (failure.isPresent()) {
                throw CallRefusals.of(failure.get(), doing);
            }
        } catch (Refusal e) {
            throw CallRefusals.of(e);
        }
    }

    private void leave() {
        broker.send(connection.createRemoveCommand());
    }

    private static CallRefused ended() {
        return new CallRefused(Reason.NOT_SIGNED_IN, "the session has ended");
    }

    @Override
    public void oneway(Object command) {
        if (command instanceof Response response) {
            broker.response(response);
        } else if (command instanceof ConnectionError) {
            // the next call has to prove anew who it is, and is told why it cannot
            end();
        }
    }

    @Override
    public int getReceiveCounter() {
        return (int) lastMessage;
    }

    @Override
    protected void doStart() {
        lifecycle.open();
        executor.start();
    }

    @Override
    protected void doStop(ServiceStopper stopper) {
        holding.end();
        lifecycle.end().ifPresent(before -> {
            closed.run();
            if (before == Phase.OPENING) {
                // what waits for the broker hears that there is none
                executor.start();
            }
        });
    }
}
