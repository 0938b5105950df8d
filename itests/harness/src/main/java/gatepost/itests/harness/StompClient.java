package gatepost.itests.harness;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A STOMP client that does only what it is told, over TCP ({@link StompSocket}) or WebSocket ({@link StompWebSocket}). It reads
 * only while one of its methods waits for something, so that a client that stops reading is one whose methods nobody calls.
 * For one thread.
 *
 * <p>What does not come in time, or comes in place of what is expected, is an {@link AssertionError}.
 */
public abstract class StompClient implements AutoCloseable {

    /** How long an answer is waited for. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Deque<ServerFrame> put = new ArrayDeque<>();
    private FrameReader reader;
    private int lastReceipt;

    StompClient() {}

    /** To be called once, before anything is read. */
    final void reads(ByteSource source) {
        reader = new FrameReader(source);
    }

    /** Sends bytes as they are: in one write, or in one WebSocket message, text if they are UTF-8 and else binary. */
    public abstract void send(byte[] bytes);

    /** Closes the connection without a word: no DISCONNECT and no close frame. */
    @Override
    public abstract void close();

    /** Sends text as UTF-8. */
    public final void send(String text) {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a whole frame. */
    public final void send(ClientFrame frame) {
        send(frame.bytes());
    }

    /** Signs in with STOMP 1.2 and no heart-beats; returns the CONNECTED frame. */
    public final ServerFrame connect(String login, String passcode, String... headers) {
        send(ClientFrame.of("CONNECT", "accept-version:1.2", "host:localhost", "login:" + login, "passcode:" + passcode)
                .with(headers));
        return expect("CONNECTED");
    }

    /** Adds a receipt to the frame, sends it, and returns the RECEIPT or ERROR; MESSAGE frames before it are kept for later. */
    public final ServerFrame request(ClientFrame frame) {
        String receipt = "r" + ++lastReceipt;
        send(frame.with("receipt:" + receipt));
        Deque<ServerFrame> before = new ArrayDeque<>();
        while (true) {
            ServerFrame answer = frame();
            if (answer.command().equals("ERROR") || receipt.equals(answer.header("receipt-id"))) {
                put.addAll(before);
                return answer;
            }
            before.add(answer);
        }
    }

    /** Like {@link #request}, and it has to succeed. */
    public final void done(ClientFrame frame) {
        ServerFrame answer = request(frame);
        if (!answer.command().equals("RECEIPT")) {
            throw new AssertionError(frame + " is answered with " + answer);
        }
    }

    /** @return the next frame, whatever it is */
    public final ServerFrame frame() {
        return frame(PATIENCE);
    }

    /** @return the next frame, whatever it is */
    public final ServerFrame frame(Duration patience) {
        if (!put.isEmpty()) {
            return put.poll();
        }
        try {
            ServerFrame frame = reader.next(Deadline.in(patience));
            if (frame == null) {
                throw new AssertionError("expected a frame, but the connection ended" + ending());
            }
            return frame;
        } catch (SocketTimeoutException e) {
            throw new AssertionError("expected a frame, but none came within " + patience, e);
        } catch (IOException e) {
            throw new AssertionError("expected a frame, but the connection broke", e);
        }
    }

    /** @return the next frame, whatever it is; empty when none comes within that time */
    public final Optional<ServerFrame> poll(Duration time) {
        if (!put.isEmpty()) {
            return Optional.of(put.poll());
        }
        try {
            ServerFrame frame = reader.next(Deadline.in(time));
            if (frame == null) {
                throw new AssertionError("the connection ended" + ending());
            }
            return Optional.of(frame);
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new AssertionError("the connection broke", e);
        }
    }

    /** @return the next frame, which has to be of this command */
    public final ServerFrame expect(String command) {
        ServerFrame frame = frame();
        if (!frame.command().equals(command)) {
            throw new AssertionError("expected " + command + ", got " + frame);
        }
        return frame;
    }

    /** Reads until the connection ends, in whatever way; returns the whole frames that came. */
    public final List<ServerFrame> rest() {
        List<ServerFrame> frames = new ArrayList<>(put);
        put.clear();
        Deadline deadline = Deadline.in(PATIENCE);
        try {
            for (ServerFrame frame = reader.next(deadline); frame != null; frame = reader.next(deadline)) {
                frames.add(frame);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("expected the end, but the connection is open after " + PATIENCE, e);
        } catch (IOException e) {
            // broken off, perhaps inside a frame: that is an end as well
        }
        return frames;
    }

    /** Nothing may come for so long; for showing an absence, which takes its time. */
    public final void expectSilence(Duration time) {
        if (!put.isEmpty()) {
            throw new AssertionError("expected nothing, got " + put.poll());
        }
        try {
            ServerFrame frame = reader.next(Deadline.in(time));
            throw new AssertionError("expected nothing, got " + (frame == null ? "the end" + ending() : frame));
        } catch (SocketTimeoutException e) {
            // as expected
        } catch (IOException e) {
            throw new AssertionError("expected nothing, but the connection broke", e);
        }
    }

    /** The server has to close the connection now, with nothing before it. */
    public final void expectEnd() {
        expectEnd(PATIENCE);
    }

    /** The server has to close the connection now, with nothing before it. */
    public final void expectEnd(Duration patience) {
        if (!put.isEmpty()) {
            throw new AssertionError("expected the end, got " + put.poll());
        }
        try {
            ServerFrame frame = reader.next(Deadline.in(patience));
            if (frame != null) {
                throw new AssertionError("expected the end, got " + frame);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("expected the end, but the connection is open after " + patience, e);
        } catch (IOException e) {
            throw new AssertionError("expected an orderly end, but the connection broke", e);
        }
    }

    /** Reads until so many line ends between frames have come in all since the start; frames on the way are kept for later. */
    public final void awaitHeartBeats(long count, Duration patience) {
        Deadline deadline = Deadline.in(patience);
        while (reader.heartBeats() < count) {
            try {
                // as little as a line end takes, over and over: the reader itself returns for whole frames only
                ServerFrame frame = reader.next(Deadline.in(Duration.ofMillis(Math.min(20, deadline.left()))));
                if (frame == null) {
                    throw new AssertionError("expected a heart-beat, but the connection ended" + ending());
                }
                put.add(frame);
            } catch (SocketTimeoutException e) {
                if (deadline.nanoTime() - System.nanoTime() <= 0 && reader.heartBeats() < count) {
                    throw new AssertionError("expected " + count + " line ends, got " + reader.heartBeats(), e);
                }
            } catch (IOException e) {
                throw new AssertionError("expected a heart-beat, but the connection broke", e);
            }
        }
    }

    /** @return line ends between frames so far; one follows each frame, more are heart-beats */
    public final long heartBeats() {
        return reader.heartBeats();
    }

    /** @return how the connection ended, for a message */
    String ending() {
        return "";
    }
}
