package gatepost.transport.session;

import gatepost.transport.connector.CloseReason;
import gatepost.transport.frame.Frame;
import gatepost.transport.frame.FrameWriter;
import gatepost.transport.frame.StompVersion;
import gatepost.transport.session.Session.FrameEncoder;
import io.netty.channel.Channel;
import io.netty.util.AsciiString;
import java.io.EOFException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How one connection ends: once, for whatever reason. The session's own thread takes leave of the broker, after what it is at; one that
 * does not come back is not waited for. Any thread, unless a method says otherwise.
 */
final class Ending {

    private static final Logger LOG = LoggerFactory.getLogger(Ending.class);
    private static final AsciiString ERROR = AsciiString.cached("ERROR");
    /** How long the ERROR of a session that is cut may wait for the broker to take back its messages, milliseconds. */
    private static final long PATIENCE = 500;
    /** How long a thread that has to take leave may be at one and the same frame, milliseconds: a disk may be slow. */
    private static final long STUCK = 2_000;

    private final Channel channel;
    private final String client;
    private final Lifecycle lifecycle;
    private final SerialExecutor executor;
    private final SharedResources shared;
    private final Session session;
    private final Holding holding;
    private final Outbox outbox;
    private final Consumer<IOException> broker;
    private final AtomicBoolean left = new AtomicBoolean();

    /**
     * @param client address, for the log
     * @param holding what the session holds of its user's share
     * @param broker is told that the connection is gone
     */
    Ending(
            Channel channel,
            String client,
            Lifecycle lifecycle,
            SerialExecutor executor,
            SharedResources shared,
            Session session,
            Holding holding,
            Outbox outbox,
            Consumer<IOException> broker) {
        this.channel = channel;
        this.client = client;
        this.lifecycle = lifecycle;
        this.executor = executor;
        this.shared = shared;
        this.session = session;
        this.holding = holding;
        this.outbox = outbox;
        this.broker = broker;
    }

    /**
     * Ends the session with an ERROR frame. The broker takes back first what was not acknowledged, and gives up the client's id, so
     * that a client that comes back at once finds everything in its place.
     *
     * @param cause the frame that is refused, or {@code null}
     * @return whether it had not ended before
     */
    boolean fail(Refusal refusal, Frame cause) {
        Optional<Phase> before = lifecycle.end();
        before.ifPresent(phase -> {
            // denials and sign-ins are in the audit log, limits among the metrics: here a stranger could have as many
            // lines as they like
            LOG.debug("{} is closed: {}", client, refusal.printable());
            refusal.limit().ifPresent(shared.metrics()::limitReached);
            Outbox.Item last = error(refusal, cause, phase);
            if (phase == Phase.OPENING) {
                outbox.close(last, refusal.reason());
                return;
            }
            outbox.dropMessages();
            executor.execute(
                    () -> leave(phase, refusal.getMessage(), () -> closeAfterReceipts(last, refusal.reason())));
            // a session that is cut is cut, however busy its thread is
            channel.eventLoop().schedule(() -> outbox.close(last, refusal.reason()), PATIENCE, TimeUnit.MILLISECONDS);
            watch(() -> leave(phase, refusal.getMessage(), () -> {}));
        });
        return before.isPresent();
    }

    /** A message that a RECEIPT was asked for could not be stored. */
    void notStored(Refusal refusal, Frame cause) {
        if (!fail(refusal, cause)) {
            // the session had ended, and the receipt of its DISCONNECT must not come
            outbox.close(error(refusal, cause, Phase.SIGNED_IN), refusal.reason());
        }
    }

    /** The client wishes to leave; session's thread only. */
    void disconnect(FrameEncoder receipt) {
        lifecycle.end().ifPresent(before -> {
            String why = "the client disconnected";
            watch(() -> leave(before, why, () -> {}));
            leave(before, why, () -> closeAfterReceipts(receipt, CloseReason.NORMAL));
        });
    }

    /** The client is gone: what it sent before is served still. */
    void lost() {
        Runnable leave =
                () -> lifecycle.end().ifPresent(before -> leave(before, "the client closed the connection", () -> {}));
        executor.execute(leave);
        if (!lifecycle.is(Phase.OPENING) && !lifecycle.is(Phase.ENDED)) {
            watch(leave);
        }
    }

    /** The broker closes the connection, and takes everything back by itself. */
    void stopped() {
        lifecycle.end().ifPresent(before -> {
            Refusal closing = new Refusal("the connector is closing", CloseReason.GOING_AWAY);
            outbox.close(error(closing, null, before), closing.reason());
        });
        forget();
    }

    /** Once, whoever comes first: the session's thread, or whoever waited too long for it. */
    private void leave(Phase before, String why, Runnable farewell) {
        if (left.compareAndSet(false, true)) {
            forget();
            if (before == Phase.SIGNED_IN) {
                session.leave();
            }
            farewell.run();
            broker.accept(new EOFException(why));
        }
    }

    /**
     * Nothing of a session that has ended waits for its thread: that may be in the broker for long, and its subscriptions would be
     * sent messages for nobody.
     */
    private void watch(Runnable leave) {
        long done = executor.done();
        channel.eventLoop()
                .schedule(
                        () -> {
                            if (left.get()) {
                                return;
                            }
                            if (executor.done() != done) {
                                watch(leave);
                                return;
                            }
                            LOG.warn(
                                    "{} has left, and its thread is at one frame for more than {} ms: it is not waited for",
                                    client,
                                    STUCK);
                            shared.endings().execute(leave);
                        },
                        STUCK,
                        TimeUnit.MILLISECONDS);
    }

    private void forget() {
        holding.end();
        session.forget();
    }

    /** Receipts of messages that are on their way to the disk come first, messages to the client do not come any more. */
    private void closeAfterReceipts(Outbox.Item last, CloseReason reason) {
        outbox.dropMessages();
        session.afterReceipts(() -> outbox.close(last, reason));
    }

    private Outbox.Item error(Refusal refusal, Frame cause, Phase before) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (before != Phase.SIGNED_IN) {
            headers.put("version", StompVersion.SUPPORTED);
        }
        headers.put("message", refusal.getMessage());
        headers.put("content-type", "text/plain");
        if (cause != null && cause.header("receipt") != null) {
            headers.put("receipt-id", cause.header("receipt"));
        }
        FrameEncoder encoder =
                allocator -> FrameWriter.frame(allocator, ERROR, session.stompVersion(), headers, refusal.getMessage());
        return encoder;
    }
}
