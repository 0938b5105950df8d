package gatepost.transport.session;

import gatepost.contracts.Durability;
import gatepost.transport.ConnectorOptions;
import gatepost.transport.frame.Frame;
import gatepost.transport.frame.FrameWriter;
import gatepost.transport.frame.Inbound;
import gatepost.transport.frame.StompVersion;
import gatepost.transport.metrics.TransportMetrics;
import io.netty.channel.Channel;
import io.netty.util.AsciiString;
import java.io.EOFException;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.broker.region.DestinationStatistics;
import org.apache.activemq.command.ConnectionError;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageDispatch;
import org.apache.activemq.command.Response;
import org.apache.activemq.transport.TransportSupport;
import org.apache.activemq.util.ServiceStopper;
import org.apache.activemq.wireformat.WireFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ActiveMQ's end of one client's connection. Frames come from the event loop and are served one after another on threads of a
 * pool; commands come from whatever thread of the broker, which is never held up: what is to be written waits in the
 * {@link Outbox}, and when too much waits, the broker is told to dispatch no more.
 */
public final class StompTransport extends TransportSupport implements Outbox.Listener, Receipts.Exit {

    /** Called on the event loop when both sides have agreed on heart-beats: milliseconds, 0 for none. */
    @FunctionalInterface
    public interface HeartBeatStarter {
        void start(int send, int receive);
    }

    private static final Logger LOG = LoggerFactory.getLogger(StompTransport.class);
    private static final AsciiString ERROR = AsciiString.cached("ERROR");
    /** Bytes of frames that may wait to be served before the socket is read no further. */
    private static final int BACKLOG_BYTES = 256 << 10;
    /** Frames other than messages that may wait to be written before the socket is read no further. */
    private static final int BACKLOG_REPLIES = 1_000;

    /** So long one connection's frames may hold up an event loop, nanoseconds. */
    private static final long TURN = TimeUnit.MILLISECONDS.toNanos(5);
    /** So few messages are acknowledged without much being read for it. */
    private static final int FEW = 8;
    /** How long the ERROR of a session that is cut may wait for the broker to take back its messages, milliseconds. */
    private static final long PATIENCE = 500;

    private final Channel channel;
    private final String remoteAddress;
    private final ConnectorOptions options;
    private final TransportMetrics metrics;
    private final HeartBeatStarter heartBeats;
    private final SerialExecutor executor;
    private final Outbox outbox;
    private final AtomicInteger backlog = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicBoolean heldBack = new AtomicBoolean();
    private volatile Session session;
    private volatile BrokerLink broker;
    private volatile X509Certificate[] peerCertificates;
    private volatile int received;
    /** When the first frame of this read came; 0 before it. */
    private long turnBegan;

    /**
     * @param channel whose pipeline hands over what it decodes and takes whole frames to write
     * @param remoteAddress of the client, as a URI
     * @param pool runs what the client asks for; its threads block on the disk
     */
    public StompTransport(Channel channel, String remoteAddress, ConnectorOptions options, Executor pool,
            TransportMetrics metrics, HeartBeatStarter heartBeats) {
        this.channel = channel;
        this.remoteAddress = remoteAddress;
        this.options = options;
        this.metrics = metrics;
        this.heartBeats = heartBeats;
        this.executor = new SerialExecutor(pool);
        this.outbox = new Outbox(channel, this, options.writeTimeout());
    }

    /** Takes what was decoded; event loop only. */
    public void received(Inbound inbound) {
        received++;
        backlog.addAndGet(inbound.size());
        updateReading();
        long arrived = System.nanoTime();
        Runnable serving = () -> {
            Durability stored = ended.get() ? null : session.handle(inbound, arrived);
            if (stored == null) {
                settled(inbound.size());
            } else {
                stored.whenSettled(() -> settled(inbound.size()));
            }
        };
        if (turnBegan == 0) {
            turnBegan = arrived;
        }
        // a thread that has to be woken takes longer than a message does
        if (arrived - turnBegan < TURN && inbound instanceof Frame frame && Session.isBrief(frame)) {
            executor.executeHere(serving);
        } else {
            executor.execute(serving);
        }
    }

    /** What was read from the socket at once has been handed over; event loop only. */
    public void readComplete() {
        turnBegan = 0;
    }

    /** A frame is served and what it brought is safe, so that another may come in. */
    private void settled(int bytes) {
        int before = backlog.getAndAdd(-bytes);
        if (before >= BACKLOG_BYTES && before - bytes < BACKLOG_BYTES) {
            channel.eventLoop().execute(this::updateReading);
        }
    }

    /** The socket takes bytes again; event loop only. */
    public void writable() {
        outbox.drain();
    }

    /** The client is gone; event loop only. */
    public void disconnected() {
        executor.execute(() -> {
            if (ended.compareAndSet(false, true)) {
                onException(new EOFException("the client closed the connection"));
            }
        });
    }

    /** Nothing came from the client within the time that it agreed to; event loop only. */
    public void silent(int milliseconds) {
        fail(new Refusal("nothing was received within " + milliseconds + " ms, not even a heart-beat", CloseReason.SILENT),
                null);
    }

    /** Refuses the connection before it began; event loop only. */
    public void refuse(String message, CloseReason reason) {
        fail(new Refusal(message, reason), null);
    }

    /** Whether CONNECT was answered; any thread. */
    public boolean isSignedIn() {
        Session current = session;
        return current != null && current.subscriptions() != null;
    }

    @Override
    public void oneway(Object command) {
        if (command instanceof MessageDispatch dispatch) {
            dispatch(dispatch);
        } else if (command instanceof Response response) {
            broker.response(response);
        } else if (command instanceof ConnectionError error) {
            fail(Refusal.of(error.getException(), "the last request"), null);
        }
        // the broker also tells about itself and about its end, of which STOMP knows nothing
    }

    @Override
    public void drained() {
        if (heldBack.get() && outbox.messageBytes() < options.outboundBytes() / 2 && heldBack.compareAndSet(true, false)) {
            executor.execute(() -> {
                if (!ended.get()) {
                    session.subscriptions().release();
                }
            });
        }
        updateReading();
    }

    @Override
    public void stalled() {
        fail(new Refusal("nothing was read for " + options.writeTimeout() + " ms", CloseReason.SLOW), null);
    }

    @Override
    public void broken(Outbox.Item item, IOException failure) {
        fail(Refusal.of(failure, "reading a stored message"), null);
    }

    @Override
    public String getRemoteAddress() {
        return remoteAddress;
    }

    @Override
    public int getReceiveCounter() {
        return received;
    }

    @Override
    public X509Certificate[] getPeerCertificates() {
        return peerCertificates;
    }

    @Override
    public void setPeerCertificates(X509Certificate[] certificates) {
        peerCertificates = certificates;
    }

    @Override
    public WireFormat getWireFormat() {
        return null;
    }

    @Override
    public String toString() {
        return remoteAddress;
    }

    @Override
    protected void doStart() {
        broker = new BrokerLink(getTransportListener());
        session = new Session(this, broker, options, metrics);
        executor.start();
        channel.eventLoop().execute(this::updateReading);
    }

    @Override
    protected void doStop(ServiceStopper stopper) {
        if (ended.compareAndSet(false, true)) {
            Refusal closing = new Refusal("the connector is closing", CloseReason.GOING_AWAY);
            outbox.close(error(closing, null), CloseReason.GOING_AWAY);
        }
    }

    /** Queues a frame that is no message; any thread. */
    void write(Session.FrameEncoder frame) {
        outbox.add(frame);
    }

    @Override
    public void receipt(Session.FrameEncoder receipt, long arrived) {
        outbox.add(receipt);
        metrics.receipt(System.nanoTime() - arrived);
    }

    @Override
    public void notStored(Throwable reason, Frame frame) {
        Refusal refusal = Refusal.of(reason, "SEND to " + frame.header("destination"));
        if (!fail(refusal, frame)) {
            // the session had ended, and the receipt of its DISCONNECT must not come
            outbox.close(error(refusal, frame), refusal.reason());
        }
    }

    void connected(HeartBeats beats) {
        metrics.sessions().began(session.id(), new SessionLook(session, outbox, remoteAddress, options.connector(), beats),
                channel.closeFuture());
        channel.eventLoop().execute(() -> heartBeats.start(beats.send(), beats.receive()));
    }

    /**
     * Ends the session with an ERROR frame, any thread. The broker takes back first what was not acknowledged, and gives up the
     * client's id, so that a client that comes back at once finds everything in its place.
     *
     * @return whether it had not ended before
     */
    boolean fail(Refusal refusal, Frame cause) {
        boolean first = ended.compareAndSet(false, true);
        if (first) {
            LOG.info("{} is closed: {}", remoteAddress, refusal.printable());
            Outbox.Item last = error(refusal, cause);
            if (session == null) {
                outbox.close(last, refusal.reason());
            } else {
                leave(last, refusal);
            }
        }
        return first;
    }

    private void leave(Outbox.Item last, Refusal refusal) {
        outbox.dropMessages();
        executor.execute(() -> {
            session.leave();
            closeAfterReceipts(last, refusal.reason());
            onException(new EOFException(refusal.getMessage()));
        });
        // a session that is cut is cut, however busy its thread is
        channel.eventLoop().schedule(() -> outbox.close(last, refusal.reason()), PATIENCE, TimeUnit.MILLISECONDS);
    }

    /** Ends the session as the client wished. */
    void disconnect(Session.FrameEncoder receipt) {
        if (ended.compareAndSet(false, true)) {
            closeAfterReceipts(receipt, CloseReason.NORMAL);
            onException(new EOFException("the client disconnected"));
        }
    }

    /** Receipts of messages that are on their way to the disk come first, messages to the client do not come any more. */
    private void closeAfterReceipts(Outbox.Item last, CloseReason reason) {
        outbox.dropMessages();
        session.afterReceipts(() -> outbox.close(last, reason));
    }

    private void dispatch(MessageDispatch dispatch) {
        Subscription subscription = session.subscriptions().of(dispatch);
        if (subscription == null || ended.get()) {
            return;
        }
        outbox.add(new Delivery(subscription, dispatch, this));
        if (outbox.messageBytes() > options.outboundBytes()) {
            session.subscriptions().holdBack();
            heldBack.set(true);
            // what waited may have been written between our look and now, and nobody would look again
            channel.eventLoop().execute(this::drained);
        }
    }

    /** The socket has taken a message; event loop only. */
    void delivered(Subscription subscription, Message written) {
        metrics.delivered(written.getBrokerInTime(), subscription.since());
        if (!subscription.written(written.getMessageId())) {
            return;
        }
        Runnable acknowledge = () -> session.subscriptions().acknowledgeWritten(subscription);
        if (isLast(written)) {
            executor.executeHere(acknowledge);
        } else {
            executor.execute(acknowledge);
        }
    }

    /** Whether little else waits in its queue: after an acknowledgement more is read, from the disk perhaps. */
    private static boolean isLast(Message written) {
        if (!(written.getRegionDestination() instanceof Destination queue)) {
            return false;
        }
        DestinationStatistics statistics = queue.getDestinationStatistics();
        return statistics.getMessages().getCount() - statistics.getInflight().getCount() < FEW;
    }

    private Outbox.Item error(Refusal refusal, Frame cause) {
        Map<String, String> headers = new LinkedHashMap<>();
        Session current = session;
        boolean signedIn = current != null && current.subscriptions() != null;
        if (!signedIn) {
            headers.put("version", StompVersion.SUPPORTED);
        }
        headers.put("message", refusal.getMessage());
        headers.put("content-type", "text/plain");
        if (cause != null && cause.header("receipt") != null) {
            headers.put("receipt-id", cause.header("receipt"));
        }
        Session.FrameEncoder encoder = allocator -> FrameWriter.frame(allocator, ERROR,
                current == null ? StompVersion.V1_0 : current.stompVersion(), headers,
                refusal.getMessage());
        return encoder;
    }

    private void updateReading() {
        channel.config().setAutoRead(ended.get()
                || session != null && backlog.get() < BACKLOG_BYTES && outbox.controlFrames() < BACKLOG_REPLIES);
    }
}
