package gatepost.itests.harness;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A frame as a client writes it. Nothing is escaped, added or checked, so that a frame can be as wrong as a test needs it; only
 * {@link #content} adds {@code content-length}. Immutable.
 */
public final class ClientFrame {

    private final String command;
    private final List<String> headers;
    private final byte[] body;

    private ClientFrame(String command, List<String> headers, byte[] body) {
        this.command = command;
        this.headers = headers;
        this.body = body;
    }

    /** @param headers whole header lines, {@code name:value} */
    public static ClientFrame of(String command, String... headers) {
        return new ClientFrame(command, List.of(headers), new byte[0]);
    }

    /** @return a SEND frame with a text body */
    public static ClientFrame send(String destination, String body, String... headers) {
        return of("SEND", "destination:" + destination).with(headers).body(body);
    }

    /** @return a SUBSCRIBE frame */
    public static ClientFrame subscribe(String id, String destination, String... headers) {
        return of("SUBSCRIBE", "id:" + id, "destination:" + destination).with(headers);
    }

    /** Adds header lines behind those that are there. */
    public ClientFrame with(String... more) {
        List<String> all = new ArrayList<>(headers);
        all.addAll(List.of(more));
        return new ClientFrame(command, List.copyOf(all), body);
    }

    /** Sets the body, and no {@code content-length}. */
    public ClientFrame body(String text) {
        return new ClientFrame(command, headers, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sets the body and its {@code content-length}. */
    public ClientFrame content(byte[] bytes) {
        return new ClientFrame(command, with("content-length:" + bytes.length).headers, bytes.clone());
    }

    /** @return the whole frame with its NUL, lines ended by LF */
    public byte[] bytes() {
        return bytes("\n");
    }

    /** @param lineEnd LF, or CR LF as STOMP 1.2 allows */
    public byte[] bytes(String lineEnd) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringBuilder head = new StringBuilder(command).append(lineEnd);
        headers.forEach(header -> head.append(header).append(lineEnd));
        out.writeBytes(head.append(lineEnd).toString().getBytes(StandardCharsets.UTF_8));
        out.writeBytes(body);
        out.write(0);
        return out.toByteArray();
    }

    @Override
    public String toString() {
        return command + headers;
    }
}
