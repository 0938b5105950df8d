package gatepost.authorization.broker;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** STOMP 1.2 over a socket, a frame as one text. Every command asks for a receipt and returns what came back. */
public final class StompClient implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;
    private final Deque<String> messages = new ArrayDeque<>();
    private int receipts;

    StompClient(int port, String user, String groups) throws IOException {
        this(port, user, groups, user + "-id");
    }

    /** @param id of which nobody else who is connected as that user may be */
    StompClient(int port, String user, String groups, String id) throws IOException {
        socket = new Socket("localhost", port);
        socket.setSoTimeout(10_000);
        in = new BufferedInputStream(socket.getInputStream());
        write(
                "CONNECT",
                "",
                "accept-version:1.2",
                "host:x",
                "heart-beat:0,0",
                "client-id:" + id,
                "login:" + user,
                "passcode:" + groups);
        connected = read();
    }

    final String connected;

    /** @return {@code ok}, or the message of the ERROR frame */
    public String subscribe(String destination, String... headers) throws IOException {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "destination:" + destination;
        all[headers.length + 1] = "id:" + destination.replace(":", "");
        return command("SUBSCRIBE", "", all);
    }

    public String send(String destination, String body, String... headers) throws IOException {
        String[] all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "destination:" + destination;
        return command("SEND", body, all);
    }

    /** MESSAGE frames on the way to the answer are kept for {@link #receive}. */
    String command(String command, String body, String... headers) throws IOException {
        String[] all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "receipt:" + ++receipts;
        write(command, body, all);
        while (true) {
            String frame = read();
            if (frame.startsWith("ERROR")) {
                return message(frame);
            }
            if (frame.startsWith("RECEIPT") && frame.contains("receipt-id:" + receipts + "\n")) {
                return "ok";
            }
            messages.add(frame);
        }
    }

    void write(String command, String body, String... headers) throws IOException {
        String frame = command + "\n" + String.join("\n", headers) + "\n\n" + body + "\0";
        socket.getOutputStream().write(frame.getBytes(StandardCharsets.UTF_8));
    }

    /** @return the next frame that is a MESSAGE or an ERROR */
    public String receive() throws IOException {
        if (!messages.isEmpty()) {
            return messages.remove();
        }
        while (true) {
            String frame = read();
            if (frame.startsWith("MESSAGE") || frame.startsWith("ERROR")) {
                return frame;
            }
        }
    }

    public static String message(String error) {
        for (String line : error.split("\n")) {
            if (line.startsWith("message:")) {
                return line.substring("message:".length()).replace("\\c", ":");
            }
        }
        return error;
    }

    static String header(String frame, String name) {
        for (String line : frame.split("\n")) {
            if (line.startsWith(name + ":")) {
                return line.substring(name.length() + 1).replace("\\c", ":");
            }
        }
        return "";
    }

    private String read() throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        while (true) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException("closed after " + frame.toString(StandardCharsets.UTF_8));
            }
            if (b == 0) {
                return frame.toString(StandardCharsets.UTF_8);
            }
            if (frame.size() > 0 || b != '\n') {
                frame.write(b);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
