package gatepost.transport.frame;

import gatepost.transport.frame.HeaderEscapes.BadEscape;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * Makes frames of the bytes of one connection, wherever those were cut: STOMP over a WebSocket is a stream as it is over TCP,
 * and a client may split a frame over messages or put many frames into one (stompjs 2.3.3 splits at 16 KiB). Line ends between
 * frames are heart-beats. What is no frame becomes one {@link MalformedFrame}, and all that follows it is dropped.
 *
 * <p>Line ends are LF or CR LF in every version (STOMP 1.2, "Augmented BNF", allows both; older clients send LF).
 *
 * <p>While the channel is not read, nothing is decoded either, and what came waits as bytes: one message of a WebSocket may hold a
 * hundred thousand frames.
 */
public final class FrameDecoder extends ByteToMessageDecoder {

    /** An event of the pipeline: the channel is read again. */
    public static final Object GO_ON = new Object();

    private static final int COMMAND_LENGTH = 32;
    private static final byte[] NOTHING = {};

    private enum State {
        COMMAND,
        HEADERS,
        COUNTED_BODY,
        TERMINATED_BODY,
        NO_BODY,
        BROKEN
    }

    private final FrameLimits limits;
    private final Speaker speaker;
    private StompVersion version;
    private State state = State.COMMAND;
    private String command;
    private Map<String, String> headers;
    private int headerLines;
    private int frameSize;
    private int bodyLength;
    private int scanned;
    private boolean holding;
    private final Queue<InStream> behind = new ArrayDeque<>();

    /** For what clients send. */
    public FrameDecoder(FrameLimits limits) {
        this(limits, Speaker.CLIENT);
    }

    /** @param speaker who sends the frames */
    public FrameDecoder(FrameLimits limits, Speaker speaker) {
        this.limits = limits;
        this.speaker = speaker;
        this.version = speaker.firstVersion();
    }

    /** @return bytes that have come and are no whole frame yet, or wait until the channel is read again; event loop only */
    public int waiting() {
        return actualReadableBytes();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event == GO_ON) {
            if (holding) {
                goOn(ctx);
            }
        } else if (holding && event instanceof InStream later) {
            behind.add(later);
        } else {
            super.userEventTriggered(ctx, event);
        }
    }

    private void goOn(ChannelHandlerContext ctx) throws Exception {
        holding = false;
        channelRead(ctx, Unpooled.EMPTY_BUFFER);
        while (!holding && !behind.isEmpty()) {
            ctx.fireUserEventTriggered(behind.remove());
        }
        ctx.fireChannelReadComplete();
    }

    /** Netty's reads on by itself when nothing could be decoded. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        if (holding) {
            ctx.fireChannelReadComplete();
        } else {
            super.channelReadComplete(ctx);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (!ctx.channel().config().isAutoRead()) {
            holding = true;
            return;
        }
        try {
            Frame frame = state == State.BROKEN ? skip(in) : next(in);
            if (frame != null) {
                out.add(frame);
            }
        } catch (Broken e) {
            state = State.BROKEN;
            in.skipBytes(in.readableBytes());
            out.add(new MalformedFrame(e.getMessage(), e.tooLarge));
        }
    }

    /** @return the next frame, or {@code null} when more bytes are needed */
    private Frame next(ByteBuf in) throws Broken {
        if (state == State.COMMAND && !readCommand(in)) {
            return null;
        }
        while (state == State.HEADERS) {
            if (!readHeader(in)) {
                return null;
            }
        }
        return switch (state) {
            case COUNTED_BODY -> countedBody(in);
            case TERMINATED_BODY -> terminatedBody(in);
            default -> noBody(in);
        };
    }

    private static Frame skip(ByteBuf in) {
        in.skipBytes(in.readableBytes());
        return null;
    }

    private boolean readCommand(ByteBuf in) throws Broken {
        while (in.isReadable() && (in.getByte(in.readerIndex()) == '\n' || in.getByte(in.readerIndex()) == '\r')) {
            in.skipBytes(1);
        }
        byte[] line = readLine(in, COMMAND_LENGTH, "a command");
        if (line == null) {
            return false;
        }
        for (byte octet : line) {
            if (octet < 'A' || octet > 'Z') {
                throw new Broken("expected a command in capital letters", false);
            }
        }
        command = new String(line, StandardCharsets.US_ASCII);
        headers = new LinkedHashMap<>();
        headerLines = 0;
        state = State.HEADERS;
        return true;
    }

    private boolean readHeader(ByteBuf in) throws Broken {
        byte[] line = readLine(in, limits.headerLength(), "a header line");
        if (line == null) {
            return false;
        }
        if (line.length == 0) {
            endHeaders();
            return true;
        }
        if (++headerLines > limits.headers()) {
            throw new Broken("a frame may have " + limits.headers() + " headers", true);
        }
        int colon = 0;
        while (colon < line.length && line[colon] != ':') {
            colon++;
        }
        if (colon == 0 || colon == line.length) {
            throw new Broken("expected a header of the form name:value", false);
        }
        boolean escapes = version.escapes() && !speaker.isConnecting(command);
        try {
            String name = KnownHeaders.name(line, colon);
            name = name == null ? HeaderEscapes.decode(line, 0, colon, escapes, version) : name;
            headers.putIfAbsent(name, HeaderEscapes.decode(line, colon + 1, line.length, escapes, version));
        } catch (BadEscape e) {
            throw new Broken(e.getMessage(), false);
        }
        return true;
    }

    private void endHeaders() throws Broken {
        if (speaker == Speaker.CLIENT && speaker.isConnecting(command)) {
            // what follows CONNECT at once is already in the version that will be agreed on
            version = StompVersion.negotiate(headers.get("accept-version")).orElse(version);
        }
        if (version == StompVersion.V1_0) {
            headers = trimmed(headers);
        }
        // some clients copy a MESSAGE's headers into its ACK, the length of the body among them (stomp-php)
        if (!speaker.mayHaveBody(command)) {
            state = State.NO_BODY;
            return;
        }
        String length = headers.get("content-length");
        scanned = 0;
        if (length == null) {
            state = State.TERMINATED_BODY;
            return;
        }
        try {
            bodyLength = Integer.parseInt(length.trim());
        } catch (NumberFormatException e) {
            throw new Broken("content-length: expected a number of bytes up to " + limits.frameSize(), false);
        }
        if (bodyLength < 0) {
            throw new Broken("content-length: expected a number of bytes, not a negative one", false);
        }
        if (bodyLength > limits.frameSize() - frameSize) {
            throw new Broken("a frame may have " + limits.frameSize() + " bytes", true);
        }
        state = State.COUNTED_BODY;
    }

    /** STOMP 1.0 writes {@code login: <username>}, with a space; later versions forbid to trim. */
    private static Map<String, String> trimmed(Map<String, String> headers) {
        Map<String, String> trimmed = new LinkedHashMap<>();
        headers.forEach((name, value) -> trimmed.putIfAbsent(name.trim(), value.trim()));
        return trimmed;
    }

    private Frame countedBody(ByteBuf in) throws Broken {
        if (in.readableBytes() <= bodyLength) {
            return null;
        }
        byte[] body = new byte[bodyLength];
        in.readBytes(body);
        if (in.readByte() != 0) {
            throw new Broken("expected NUL after the " + bodyLength + " bytes that content-length announced", false);
        }
        return complete(body);
    }

    private Frame terminatedBody(ByteBuf in) throws Broken {
        int end = in.indexOf(in.readerIndex() + scanned, in.writerIndex(), (byte) 0);
        int length = (end < 0 ? in.writerIndex() : end) - in.readerIndex();
        if (length > limits.frameSize() - frameSize) {
            throw new Broken("a frame may have " + limits.frameSize() + " bytes", true);
        }
        if (end < 0) {
            scanned = length;
            return null;
        }
        byte[] body = new byte[length];
        in.readBytes(body);
        in.skipBytes(1);
        return complete(body);
    }

    /** Blanks in place of a body are passed over: RabbitMQ's own test client sends a line end with each frame. */
    private Frame noBody(ByteBuf in) throws Broken {
        while (in.isReadable()) {
            byte octet = in.readByte();
            if (octet == 0) {
                return complete(NOTHING);
            }
            if (octet != ' ' && octet != '\n' && octet != '\r' && octet != '\t') {
                throw new Broken("a " + command + " frame may not have a body", false);
            }
            if (++frameSize > limits.frameSize()) {
                throw new Broken("a frame may have " + limits.frameSize() + " bytes", true);
            }
        }
        return null;
    }

    private Frame complete(byte[] body) {
        Frame frame = Frame.decoded(command, headers, body, frameSize);
        state = State.COMMAND;
        headers = null;
        frameSize = 0;
        return frame;
    }

    /** @return the line without its end, or {@code null} when it is not complete yet */
    private byte[] readLine(ByteBuf in, int limit, String what) throws Broken {
        int window = Math.min(in.readableBytes(), limit + 2);
        int length = in.bytesBefore(window, (byte) '\n');
        if (length < 0 && in.readableBytes() < limit + 2) {
            return null;
        }
        boolean crLf = length > 0 && in.getByte(in.readerIndex() + length - 1) == '\r';
        if (length < 0 || length - (crLf ? 1 : 0) > limit) {
            throw new Broken(what + " may have " + limit + " bytes", true);
        }
        byte[] line = new byte[crLf ? length - 1 : length];
        in.readBytes(line);
        in.skipBytes(length - line.length + 1);
        frameSize += length + 1;
        if (frameSize > limits.frameSize()) {
            throw new Broken("a frame may have " + limits.frameSize() + " bytes", true);
        }
        return line;
    }

    /** The bytes are no frame. */
    private static final class Broken extends Exception {

        private static final long serialVersionUID = 1L;

        private final boolean tooLarge;

        Broken(String message, boolean tooLarge) {
            super(message, null, false, false);
            this.tooLarge = tooLarge;
        }
    }
}
