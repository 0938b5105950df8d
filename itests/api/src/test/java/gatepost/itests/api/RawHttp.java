package gatepost.itests.api;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** A connection to the WebSocket's connector, on which a test writes what it wants. For one thread. */
final class RawHttp implements AutoCloseable {

    private static final int PATIENCE = 20_000;

    private final Socket socket;
    private final InputStream in;

    /** An answer. */
    record Reply(int status, String head, String body) {

        boolean isLast() {
            return head.toLowerCase(Locale.ROOT).contains("\nconnection: close");
        }
    }

    RawHttp() {
        this(Suite.gatepost().wsPort(), 0);
    }

    /** @param receiveBuffer bytes that may be on their way to a client that does not read; 0 as the system has it */
    RawHttp(int port, int receiveBuffer) {
        try {
            socket = new Socket();
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE);
            socket.setSoTimeout(PATIENCE);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the head of a request up to the empty line, without that */
    static String head(String method, String target, Caller caller) {
        return method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n"
                + (caller.authorization().isEmpty() ? "" : "Authorization: " + caller.authorization() + "\r\n");
    }

    /** @return a whole request of the API without a body */
    static String get(String path, Caller caller) {
        return head("GET", Caller.API + path, caller) + "\r\n";
    }

    /** @return a whole request of the API with a body of JSON, in which ' stands for " */
    static String post(String path, Caller caller, String json) {
        String body = json.replace('\'', '"');
        return head("POST", Caller.API + path, caller) + "Content-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    void send(String text) {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing more is sent, and what comes is read still. */
    void sendEnd() throws IOException {
        socket.shutdownOutput();
    }

    /** @return the next answer, of which the body ends as its length says */
    Reply reply() {
        try {
            Reply reply = next(true);
            if (reply == null) {
                throw new AssertionError("expected an answer, and the connection ended");
            }
            return reply;
        } catch (IOException e) {
            throw new AssertionError("expected an answer", e);
        }
    }

    /**
     * @param withBody whether an answer has one, which that to HEAD has not
     * @return {@code null} when the connection ended instead
     */
    Reply next(boolean withBody) throws IOException {
        String head = line();
        if (head == null) {
            return null;
        }
        int status = Integer.parseInt(head.split(" ")[1]);
        StringBuilder all = new StringBuilder(head);
        int length = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            all.append('\n').append(line);
            if (withBody && line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).trim());
            }
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new IOException("the connection ended in an answer");
        }
        return new Reply(status, all.toString(), new String(body, StandardCharsets.UTF_8));
    }

    /** Reads the next answer bit by bit, a tenth of a second apart, so that all of it takes about so long. */
    Reply replyOver(Duration time) throws InterruptedException {
        long begin = System.nanoTime();
        long part = 1 << 15;
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        try {
            for (String line = line(); line != null && !line.isEmpty(); line = line()) {
                head.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
            String text = head.toString(StandardCharsets.UTF_8);
            int length = Integer.parseInt(text.replaceAll("(?is).*content-length: *(\\d+).*", "$1"));
            long pause = time.toMillis() * part / length;
            int left = length;
            while (left > 0) {
                Thread.sleep(pause);
                byte[] got = in.readNBytes((int) Math.min(part, left));
                if (got.length == 0) {
                    throw new AssertionError(
                            "the connection ended " + left + " bytes before the end of the answer, after "
                                    + (System.nanoTime() - begin) / 1_000_000 + " ms");
                }
                left -= got.length;
            }
            return new Reply(Integer.parseInt(text.split(" ")[1]), text, "");
        } catch (IOException e) {
            throw new AssertionError(
                    "the connection broke after " + (System.nanoTime() - begin) / 1_000_000 + " ms of reading slowly",
                    e);
        }
    }

    /** The server has to end the connection now. */
    void expectEnd() {
        try {
            int next = in.read();
            if (next >= 0) {
                throw new AssertionError("expected the end, got " + (char) next);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the connection is still there", e);
        } catch (IOException e) {
            // broken off is an end as well
        }
    }

    /** Reads to the end, in whatever way that comes; fails when it does not come. */
    int drain() {
        int all = 0;
        byte[] part = new byte[1 << 16];
        try {
            for (int n = in.read(part); n >= 0; n = in.read(part)) {
                all += n;
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the connection is still there", e);
        } catch (IOException e) {
            // broken off is an end as well
        }
        return all;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            if (octet == '\n') {
                return line.toString(StandardCharsets.UTF_8).stripTrailing();
            }
            line.write(octet);
        }
        return null;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
