package gatepost.itests.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A STOMP 1.2 session over a plain socket: just enough to see whether a connection lives through what is done to the broker. */
final class StompSession implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket = new Socket();
    private final InputStream in;
    private int receipts;

    private StompSession(int port) throws IOException {
        socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** @throws IOException when the port is closed, or the answer is not CONNECTED */
    static StompSession open(int port, String login, String passcode) throws IOException {
        StompSession session = new StompSession(port);
        try {
            session.send(
                    "CONNECT\naccept-version:1.2\nhost:localhost\nlogin:" + login + "\npasscode:" + passcode + "\n\n");
            session.expect("CONNECTED");
            return session;
        } catch (IOException e) {
            session.close();
            throw e;
        }
    }

    /** Sends a message and waits until the broker has taken charge of it, which shows that the session is alive. */
    void publish(String destination, String body) throws IOException {
        String receipt = "r" + ++receipts;
        send("SEND\ndestination:" + destination + "\nreceipt:" + receipt + "\n\n" + body);
        String frame = expect("RECEIPT");
        if (!frame.contains("receipt-id:" + receipt)) {
            throw new IOException("not the receipt " + receipt + ": " + frame);
        }
    }

    /** @return the body of the first message of the queue, which is acknowledged */
    String receive(String destination) throws IOException {
        send("SUBSCRIBE\nid:0\ndestination:" + destination + "\nack:auto\n\n");
        String frame = expect("MESSAGE");
        return frame.substring(frame.indexOf("\n\n") + 2);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void send(String frame) throws IOException {
        socket.getOutputStream().write((frame + "\0").getBytes(UTF_8));
        socket.getOutputStream().flush();
    }

    private String expect(String command) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        for (int b = in.read(); b != 0; b = in.read()) {
            if (b < 0) {
                throw new EOFException(
                        "the connection was closed where " + command + " was expected: " + frame.toString(UTF_8));
            }
            if (frame.size() > 0 || b != '\n' && b != '\r') {
                frame.write(b);
            }
        }
        String text = frame.toString(UTF_8).replace("\r\n", "\n");
        if (!text.startsWith(command + "\n")) {
            throw new IOException("expected " + command + ": " + text);
        }
        return text;
    }
}
