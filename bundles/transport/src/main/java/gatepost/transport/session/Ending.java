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
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How one connection ends: once, for whatever reason. Any thread, unless a method says otherwise. */
final class Ending {

    private static final Logger LOG = LoggerFactory.getLogger(Ending.class);
    private static final AsciiString ERROR = AsciiString.cached("ERROR");
    /** How long the ERROR of a session that is cut may wait for the broker to take back its messages, milliseconds. */
    private static final long PATIENCE = 500;

    private final Channel channel;
    private final String client;
    private final Lifecycle lifecycle;
    private final SerialExecutor executor;
    private final Session session;
    private final Outbox outbox;
    private final Consumer<IOException> broker;

    /**
     * @param client address, for the log
     * @param broker is told that the connection is gone
     */
    Ending(Channel channel, String client, Lifecycle lifecycle, SerialExecutor executor, Session session, Outbox outbox,
            Consumer<IOException> broker) {
        this.channel = channel;
        this.client = client;
        this.lifecycle = lifecycle;
        this.executor = executor;
        this.session = session;
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
        if (before.isPresent()) {
            LOG.info("{} is closed: {}", client, refusal.printable());
            Outbox.Item last = error(refusal, cause, before.get());
            if (before.get() == Phase.OPENING) {
                outbox.close(last, refusal.reason());
            } else {
                leave(last, refusal, before.get());
            }
        }
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
        if (lifecycle.end().isPresent()) {
            session.leave();
            closeAfterReceipts(receipt, CloseReason.NORMAL);
            broker.accept(new EOFException("the client disconnected"));
        }
    }

    /** The client is gone: what it sent before is served still. */
    void lost() {
        executor.execute(() -> {
            if (lifecycle.end().isPresent()) {
                broker.accept(new EOFException("the client closed the connection"));
            }
        });
    }

    /** The broker closes the connection, and takes everything back by itself. */
    void stopped() {
        lifecycle.end().ifPresent(before -> {
            Refusal closing = new Refusal("the connector is closing", CloseReason.GOING_AWAY);
            outbox.close(error(closing, null, before), closing.reason());
        });
    }

    private void leave(Outbox.Item last, Refusal refusal, Phase before) {
        outbox.dropMessages();
        executor.execute(() -> {
            if (before == Phase.SIGNED_IN) {
                session.leave();
            }
            closeAfterReceipts(last, refusal.reason());
            broker.accept(new EOFException(refusal.getMessage()));
        });
        // a session that is cut is cut, however busy its thread is
        channel.eventLoop().schedule(() -> outbox.close(last, refusal.reason()), PATIENCE, TimeUnit.MILLISECONDS);
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
        FrameEncoder encoder = allocator -> FrameWriter.frame(allocator, ERROR, session.stompVersion(), headers,
                refusal.getMessage());
        return encoder;
    }
}
