package gatepost.itests.harness;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes frames of what a server sends, and is strict about it: lines end with LF, a body of a frame with
 * {@code content-length} ends with NUL, and no ERROR frame may speak of Java. A deadline that passes loses nothing: the next
 * call goes on where the last ended.
 */
final class FrameReader {

    private final ByteSource source;
    private final ByteArrayOutputStream part = new ByteArrayOutputStream();
    private List<String> lines = new ArrayList<>();
    private int bodyLength = -1;
    private boolean inBody;
    private int firstMessage;
    private long heartBeats;

    FrameReader(ByteSource source) {
        this.source = source;
    }

    /** @return line ends that came between frames so far; one follows each frame */
    long heartBeats() {
        return heartBeats;
    }

    /**
     * @return the next frame, or {@code null} at a clean end
     * @throws EOFException at an end inside a frame
     */
    ServerFrame next(Deadline deadline) throws IOException {
        while (true) {
            int octet = source.read(deadline);
            if (octet < 0) {
                if (lines.isEmpty() && part.size() == 0) {
                    return null;
                }
                throw new EOFException(
                        "the connection ended inside a frame: " + lines + part.toString(StandardCharsets.UTF_8));
            }
            ServerFrame frame = inBody ? body(octet) : line(octet);
            if (frame != null) {
                return frame;
            }
        }
    }

    private ServerFrame line(int octet) {
        if (lines.isEmpty() && part.size() == 0) {
            if (octet == '\n') {
                heartBeats++;
                return null;
            }
            firstMessage = source.message();
        }
        if (octet != '\n') {
            part.write(octet);
            return null;
        }
        if (part.size() > 0) {
            lines.add(part.toString(StandardCharsets.UTF_8));
            part.reset();
            return null;
        }
        inBody = true;
        bodyLength = lines.stream()
                .filter(line -> line.startsWith("content-length:"))
                .findFirst()
                .map(line -> Integer.parseInt(line.substring(line.indexOf(':') + 1)))
                .orElse(-1);
        return null;
    }

    private ServerFrame body(int octet) {
        if (bodyLength < 0 ? octet != 0 : part.size() < bodyLength) {
            part.write(octet);
            return null;
        }
        if (octet != 0) {
            throw new AssertionError("expected NUL after " + bodyLength + " bytes of " + lines + ", not " + octet);
        }
        ServerFrame frame = new ServerFrame(
                lines.get(0),
                List.copyOf(lines.subList(1, lines.size())),
                headers(),
                part.toByteArray(),
                source.binary(),
                source.message() - firstMessage + 1);
        lines = new ArrayList<>();
        part.reset();
        inBody = false;
        tellsNothingOfJava(frame);
        return frame;
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw new AssertionError("a header line without a colon: " + lines);
            }
            headers.putIfAbsent(unescaped(line.substring(0, colon)), unescaped(line.substring(colon + 1)));
        }
        return headers;
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int escape = c == '\\' && i + 1 < text.length() ? "nrc\\".indexOf(text.charAt(i + 1)) : -1;
            plain.append(escape < 0 ? c : "\n\r:\\".charAt(escape));
            i += escape < 0 ? 0 : 1;
        }
        return plain.toString();
    }

    /** A stack trace or the name of a class is nobody's business outside. */
    private static void tellsNothingOfJava(ServerFrame frame) {
        String all = frame.headers() + frame.text();
        if (frame.command().equals("ERROR")
                && (all.contains("\tat ") || all.contains("Exception") || all.contains("java."))) {
            throw new AssertionError("an ERROR frame speaks of Java: " + all);
        }
    }
}
