package gatepost.transport.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes one frame into a buffer, header by header. Call {@link #body} last: it completes the frame.
 *
 * <p>Every frame carries {@code content-length} when it has a body, so that bodies may hold NUL.
 */
public final class FrameWriter {

    private final ByteBuf out;
    private final StompVersion version;
    private final boolean escapes;
    private final boolean dropsEmpty;

    /**
     * @param bodySize bytes of the body, to get a buffer of the right size at once
     */
    public FrameWriter(ByteBufAllocator allocator, AsciiString command, StompVersion version, int bodySize) {
        this.out = allocator.buffer(bodySize + 384);
        // neither is escaped, so that those who speak STOMP 1.0 can read it (STOMP 1.2, "Value Encoding")
        this.escapes = !command.contentEquals("CONNECTED") && !command.contentEquals("CONNECT");
        this.version = version;
        this.dropsEmpty = version == StompVersion.V1_0 && command.contentEquals("MESSAGE");
        ByteBufUtil.writeAscii(out, command);
        out.writeByte('\n');
    }

    /**
     * Adds a header, unless the value is {@code null} or the version cannot express the name. Another client's empty value is not
     * sent in STOMP 1.0, for ruby-stomp cannot parse it and would come back for the same message for ever.
     */
    public FrameWriter header(CharSequence name, String value) {
        if (value == null || dropsEmpty && value.trim().isEmpty()) {
            return this;
        }
        if (!(name instanceof AsciiString) && !HeaderEscapes.isName(name.toString(), version)) {
            return this;
        }
        if (name instanceof AsciiString ascii) {
            ByteBufUtil.writeAscii(out, ascii);
        } else {
            HeaderEscapes.encode(out, name.toString(), version);
        }
        out.writeByte(':');
        HeaderEscapes.encode(out, value, escapes ? version : StompVersion.V1_0);
        out.writeByte('\n');
        return this;
    }

    /** Adds a header with a number. */
    public FrameWriter header(AsciiString name, long value) {
        ByteBufUtil.writeAscii(out, name);
        out.writeByte(':');
        ByteBufUtil.writeAscii(out, Long.toString(value));
        out.writeByte('\n');
        return this;
    }

    /** @return the complete frame; the caller owns the buffer */
    public ByteBuf body(byte[] bytes, int offset, int length) {
        if (length > 0) {
            header(CONTENT_LENGTH, length);
        }
        out.writeByte('\n').writeBytes(bytes, offset, length).writeByte(0).writeByte('\n');
        return out;
    }

    /** @return the complete frame without a body; the caller owns the buffer */
    public ByteBuf noBody() {
        out.writeByte('\n').writeByte(0).writeByte('\n');
        return out;
    }

    private static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length");

    /** @return a whole frame with a text body; the caller owns the buffer */
    public static ByteBuf frame(
            ByteBufAllocator allocator,
            AsciiString command,
            StompVersion version,
            Map<String, String> headers,
            String body) {
        return frame(allocator, command, version, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    /** @return a whole frame; the caller owns the buffer */
    public static ByteBuf frame(
            ByteBufAllocator allocator,
            AsciiString command,
            StompVersion version,
            Map<String, String> headers,
            byte[] body) {
        FrameWriter writer = new FrameWriter(allocator, command, version, body.length);
        headers.forEach(writer::header);
        return body.length == 0 ? writer.noBody() : writer.body(body, 0, body.length);
    }
}
