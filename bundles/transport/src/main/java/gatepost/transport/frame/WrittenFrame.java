package gatepost.transport.frame;

import gatepost.transport.frame.HeaderEscapes.BadEscape;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A frame that a {@link FrameWriter} has written in STOMP 1.2, read again for those who are told in another form than STOMP's.
 *
 * @param headers unescaped, in their order
 * @param body not to be changed
 */
public record WrittenFrame(String command, Map<String, String> headers, byte[] body) {

    /** @return whether it is the sign of life that stands between frames */
    public static boolean isHeartBeat(ByteBuf bytes) {
        return bytes.readableBytes() == 1 && bytes.getByte(bytes.readerIndex()) == '\n';
    }

    /** @param bytes one frame, whole; the caller owns the buffer */
    public static WrittenFrame of(ByteBuf bytes) {
        int at = bytes.readerIndex();
        int end = lineEnd(bytes, at);
        String command = bytes.toString(at, end - at, StandardCharsets.US_ASCII);
        Map<String, String> headers = new LinkedHashMap<>();
        for (at = end + 1, end = lineEnd(bytes, at); end > at; at = end + 1, end = lineEnd(bytes, at)) {
            byte[] line = new byte[end - at];
            bytes.getBytes(at, line);
            header(line, headers);
        }
        String length = headers.remove("content-length");
        byte[] body = new byte[length == null ? 0 : Integer.parseInt(length)];
        bytes.getBytes(end + 1, body);
        return new WrittenFrame(command, headers, body);
    }

    private static int lineEnd(ByteBuf bytes, int from) {
        int end = bytes.indexOf(from, bytes.writerIndex(), (byte) '\n');
        if (end < 0) {
            throw new IllegalArgumentException("no frame of ours");
        }
        return end;
    }

    private static void header(byte[] line, Map<String, String> headers) {
        int colon = 0;
        while (line[colon] != ':') {
            colon++;
        }
        try {
            headers.putIfAbsent(
                    HeaderEscapes.decode(line, 0, colon, true, StompVersion.V1_2),
                    HeaderEscapes.decode(line, colon + 1, line.length, true, StompVersion.V1_2));
        } catch (BadEscape e) {
            throw new IllegalArgumentException("no frame of ours", e);
        }
    }
}
