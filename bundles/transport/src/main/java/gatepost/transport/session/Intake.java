package gatepost.transport.session;

import gatepost.contracts.Durability;
import gatepost.transport.connector.CloseReason;
import gatepost.transport.frame.Frame;
import gatepost.transport.frame.FrameDecoder;
import gatepost.transport.frame.Inbound;
import gatepost.transport.frame.MalformedFrame;
import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What comes in from one client: frames wait here for the session, and when too many do, the socket is read no further. Belongs to
 * the event loop; the session's thread serves.
 */
final class Intake {

    /** Bytes of frames that may wait to be served before the socket is read no further. */
    private static final int BACKLOG_BYTES = 384 << 10;
    /** Frames other than messages that may wait to be written before the socket is read no further. */
    private static final int BACKLOG_REPLIES = 1_000;
    /** So long one connection's frames may hold up an event loop, nanoseconds. */
    private static final long TURN = TimeUnit.MILLISECONDS.toNanos(5);

    private final Channel channel;
    private final Lifecycle lifecycle;
    private final SerialExecutor executor;
    private final Session session;
    private final Outbox outbox;
    private final Ending ending;
    private final Throttle throttle;
    private final AtomicInteger backlog = new AtomicInteger();
    private volatile int received;
    /** When the first frame of this read came; 0 before it. */
    private long turnBegan;

    private boolean reading;
    private long readingSince;

    Intake(
            Channel channel,
            Lifecycle lifecycle,
            SerialExecutor executor,
            Session session,
            Outbox outbox,
            Ending ending,
            Throttle throttle) {
        this.channel = channel;
        this.lifecycle = lifecycle;
        this.executor = executor;
        this.session = session;
        this.outbox = outbox;
        this.ending = ending;
        this.throttle = throttle;
    }

    /** Takes what was decoded. */
    void received(Inbound inbound) {
        received++;
        if (lifecycle.is(Phase.ENDED)) {
            return;
        }
        backlog.addAndGet(inbound.size());
        throttle.count(inbound.size(), !isAnswer(inbound));
        updateReading();
        long arrived = System.nanoTime();
        Runnable serving = () -> {
            Durability stored = serve(inbound, arrived);
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
        if (arrived - turnBegan < TURN && inbound instanceof Frame frame && session.isBrief(frame)) {
            executor.executeHere(serving);
        } else {
            executor.execute(serving);
        }
    }

    /** What was read from the socket at once has been handed over. */
    void readComplete() {
        turnBegan = 0;
        throttle.settle();
        if (throttle.isPausing()) {
            updateReading();
        }
    }

    /** A WebSocket's PING came, which costs as much as a frame does. */
    void pinged(int size) {
        throttle.count(size, true);
    }

    /** Reads on, or no further, as it should be now. */
    void updateReading() {
        boolean before = reading;
        reading = wantsMore();
        channel.config().setAutoRead(reading);
        if (reading && !before) {
            readingSince = System.nanoTime();
            channel.pipeline().fireUserEventTriggered(FrameDecoder.GO_ON);
        }
    }

    /** Whether the client was listened to all the time, so that its silence says something. */
    boolean hasListenedFor(long nanos) {
        return reading && System.nanoTime() - readingSince >= nanos;
    }

    private boolean wantsMore() {
        if (lifecycle.is(Phase.SIGNED_IN)) {
            return backlog.get() < BACKLOG_BYTES && outbox.controlFrames() < BACKLOG_REPLIES && !throttle.isPausing();
        }
        // while CONNECT is served nothing else may pile up
        return lifecycle.is(Phase.ENDED) || lifecycle.is(Phase.ANONYMOUS) && received == 0;
    }

    /** Nobody can send more of these than they got, and a reader who lags behind has to be let catch up. */
    private static boolean isAnswer(Inbound inbound) {
        return inbound instanceof Frame frame
                && (frame.command().equals("ACK") || frame.command().equals("NACK"));
    }

    /** @return how many frames came; any thread */
    int count() {
        return received;
    }

    /** @return what the frame brought and is on its way to the disk, or {@code null}; session's thread */
    private Durability serve(Inbound inbound, long arrived) {
        if (lifecycle.is(Phase.ENDED)) {
            return null;
        }
        Frame frame = inbound instanceof Frame whole ? whole : null;
        try {
            if (inbound instanceof MalformedFrame malformed) {
                throw new Refusal(
                        malformed.reason(), malformed.tooLarge() ? CloseReason.TOO_LARGE : CloseReason.PROTOCOL_ERROR);
            }
            if (!lifecycle.is(Phase.ANONYMOUS) && frame.command().equals("DISCONNECT")) {
                ending.disconnect(session.receipt(frame));
                return null;
            }
            return session.serve(frame, arrived);
        } catch (Refusal e) {
            ending.fail(e, frame);
            return null;
        }
    }

    /** A frame is served and what it brought is safe, so that another may come in; any thread. */
    private void settled(int bytes) {
        int before = backlog.getAndAdd(-bytes);
        if (before >= BACKLOG_BYTES && before - bytes < BACKLOG_BYTES) {
            channel.eventLoop().execute(this::updateReading);
        }
    }
}
