package gatepost.transport.session;

import gatepost.contracts.Account;
import gatepost.contracts.Client;
import gatepost.transport.connector.CloseReason;
import gatepost.transport.connector.ConnectorOptions;
import gatepost.transport.connector.LimitReached;
import gatepost.transport.frame.Frame;
import gatepost.transport.frame.Inbound;
import gatepost.transport.metrics.TransportMetrics;
import gatepost.transport.session.Session.FrameEncoder;
import io.netty.channel.Channel;
import io.netty.util.ReferenceCounted;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.command.ConnectionError;
import org.apache.activemq.command.MessageDispatch;
import org.apache.activemq.command.Response;
import org.apache.activemq.util.ServiceStopper;

/**
 * One client's connection, as ActiveMQ and the channel's handlers see it: the {@link Intake} takes what comes from the event loop, the
 * {@link Outflow} what comes from whatever thread of the broker, the {@link Ending} ends it, and all ask one {@link Lifecycle} how far
 * it has come.
 */
public final class StompTransport extends ClientTransport {

    /** Called on the event loop when both sides have agreed on heart-beats: milliseconds, 0 for none. */
    @FunctionalInterface
    public interface HeartBeatStarter {
        void start(int send, int receive);
    }

    /** So many bytes of an unfinished frame are not worth counting. */
    private static final int LITTLE = 16 << 10;

    private final Channel channel;
    private final ConnectorOptions options;
    private final TransportMetrics metrics;
    private final HeartBeatStarter heartBeats;
    private final SerialExecutor executor;
    private final Lifecycle lifecycle = new Lifecycle();
    private final BrokerLink broker;
    private final Outbox outbox;
    private final Holding holding;
    private final Session session;
    private final Ending ending;
    private final Intake intake;
    private final Outflow outflow;
    private long keptUnfinished;

    /**
     * @param channel whose pipeline hands over what it decodes and takes whole frames to write
     * @param remoteAddress of the client, as a URI
     * @param client what else is known of it
     */
    public StompTransport(
            Channel channel,
            String remoteAddress,
            Client client,
            ConnectorOptions options,
            SharedResources shared,
            HeartBeatStarter heartBeats) {
        super(remoteAddress, client);
        this.channel = channel;
        this.options = options;
        this.metrics = shared.metrics();
        this.heartBeats = heartBeats;
        this.executor = new SerialExecutor(shared.pool());
        this.broker = new BrokerLink(this::getTransportListener);
        this.outbox = new Outbox(channel, new Written(), options.writeTimeout());
        this.holding = new Holding(shared.users(), options.user());
        this.session = new Session(
                remoteAddress,
                client,
                lifecycle,
                broker,
                options,
                outbox,
                holding,
                new Settled(),
                shared,
                this::greeted);
        this.ending = new Ending(
                channel, remoteAddress, lifecycle, executor, shared, session, holding, outbox, this::onException);
        Throttle throttle = new Throttle(channel, client, options.rates(), holding, metrics, this::readOn);
        this.intake = new Intake(channel, lifecycle, executor, session, outbox, ending, throttle);
        this.outflow = new Outflow(channel, lifecycle, executor, session, outbox, options, metrics, this::unread);
    }

    /** Takes what was decoded; event loop only. */
    public void received(Inbound inbound) {
        intake.received(inbound);
    }

    /**
     * What was read from the socket at once has been handed over; event loop only.
     *
     * @param unfinished bytes that have come and are no whole frame, or were not decoded yet
     */
    public void readComplete(long unfinished) {
        intake.readComplete();
        long kept =
                unfinished < LITTLE || client.account().map(Account::isTrusted).orElse(false) ? 0 : unfinished;
        if (kept != keptUnfinished) {
            keptUnfinished = kept;
            try {
                holding.keepUnfinished(kept);
            } catch (Refusal e) {
                ending.fail(e, null);
            }
        }
    }

    /** The socket takes bytes again; event loop only. */
    public void writable() {
        outbox.drain();
    }

    /**
     * Answers a question whether we are there; of several that came while an answer could not be written only the last is answered
     * (RFC 6455, section 5.5.3). Event loop only.
     *
     * @param pong the answer, which is taken over
     * @param size bytes of the question
     */
    public void pinged(ReferenceCounted pong, int size) {
        outbox.answer(pong);
        intake.pinged(size);
    }

    /** The client said good-bye: the answer is the last that it gets. Event loop only. */
    public void farewell(ReferenceCounted answer) {
        outbox.answerLast(answer);
    }

    /** The client is gone; event loop only. */
    public void disconnected() {
        ending.lost();
    }

    /**
     * Nothing came from the client within the time that it agreed to; event loop only. While we do not read, since its earlier frames
     * are still being served or were too many, its silence says nothing.
     */
    public void silent(int milliseconds) {
        if (intake.hasListenedFor(TimeUnit.MILLISECONDS.toNanos(milliseconds) / 2)) {
            refuse("nothing was received within " + milliseconds + " ms, not even a heart-beat", CloseReason.SILENT);
        }
    }

    /** Ends the connection for what the client did, or because it came at a bad time; event loop only. */
    public void refuse(String message, CloseReason reason) {
        ending.fail(new Refusal(message, reason), null);
    }

    /** Ends the connection of one who would take more than it may; event loop only. */
    public void refuse(LimitReached limit, CloseReason reason) {
        ending.fail(new Refusal(limit, reason), null);
    }

    /** Whether CONNECT was answered, and the session has not ended; any thread. */
    public boolean isSignedIn() {
        return lifecycle.is(Phase.SIGNED_IN);
    }

    /** Whether nothing that comes is served any more; any thread. */
    public boolean isEnded() {
        return lifecycle.is(Phase.ENDED);
    }

    /** Whether a frame has come; event loop only. */
    public boolean hasFrames() {
        return intake.count() > 0;
    }

    @Override
    public void oneway(Object command) {
        if (command instanceof MessageDispatch dispatch) {
            outflow.dispatch(dispatch);
        } else if (command instanceof Response response) {
            broker.response(response);
        } else if (command instanceof ConnectionError error) {
            ending.fail(Refusal.of(error.getException(), "the last request"), null);
        }
        // the broker also tells about itself and about its end, of which STOMP knows nothing
    }

    @Override
    public int getReceiveCounter() {
        return intake.count();
    }

    @Override
    protected void doStart() {
        lifecycle.open();
        executor.start();
        channel.eventLoop().execute(intake::updateReading);
    }

    @Override
    protected void doStop(ServiceStopper stopper) {
        ending.stopped();
    }

    private void greeted(HeartBeats beats) {
        metrics.sockets()
                .opened(
                        session.id(),
                        new SocketStatus(session, client, outbox, remoteAddress, options.connector(), beats),
                        channel.closeFuture());
        channel.eventLoop().execute(() -> {
            heartBeats.start(beats.send(), beats.receive());
            intake.updateReading();
        });
    }

    private void unread() {
        ending.fail(
                new Refusal(
                        "more than " + options.outboundBytes() + " bytes of the state of an inbox were not read",
                        CloseReason.SLOW),
                null);
    }

    private void readOn() {
        intake.updateReading();
    }

    /** What became of that which waited to be written. */
    private final class Written implements Outbox.Listener {

        @Override
        public void drained() {
            outflow.drained();
            intake.updateReading();
        }

        @Override
        public void stalled() {
            refuse("nothing was read for " + options.writeTimeout() + " ms", CloseReason.SLOW);
        }

        @Override
        public void broken(Outbox.Item item, IOException failure) {
            ending.fail(Refusal.of(failure, "reading a stored message"), null);
        }
    }

    /** What became of the frames that asked for a receipt. */
    private final class Settled implements Receipts.Exit {

        @Override
        public void receipt(FrameEncoder receipt, long arrived) {
            outbox.add(receipt);
            receipt.queued();
            metrics.receipt(System.nanoTime() - arrived);
        }

        @Override
        public void notStored(Throwable reason, Frame frame) {
            ending.notStored(Refusal.of(reason, "SEND to " + frame.header("destination")), frame);
        }
    }
}
