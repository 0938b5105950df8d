package gatepost.transport.warmup;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A client as a browser would be: it connects, subscribes, sends to itself, and leaves once it has all that it was to get. It reads nothing
 * before it has sent everything, so that much of it is more than the connection holds.
 */
final class FirstClient {

    static final String PATH = "/stomp";

    private static final int TEXT = 0x81;
    private static final int CLOSE = 0x88;
    private static final int MASKED = 0x80;
    private static final int TWO_BYTES_OF_LENGTH = 126;

    private final InetSocketAddress server;
    private final int timeout;
    private final int messages;
    private final byte[] handshake;
    private final byte[] frames;
    private final byte[] farewell;

    /**
     * @param timeout for each answer, milliseconds
     * @param messages that it sends to itself
     * @param length of a message's body, bytes, less than 65,000
     */
    FirstClient(InetSocketAddress server, int timeout, int messages, int length) throws IOException {
        this.server = server;
        this.timeout = timeout;
        this.messages = messages;
        String host = server.getHostString() + ":" + server.getPort();
        // the key is the example of RFC 6455, section 1.3
        this.handshake = ("GET " + PATH + " HTTP/1.1\r\nHost: " + host + "\r\nOrigin: http://" + host
                        + "\r\nUpgrade: websocket\r\n"
                        + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                        + "Sec-WebSocket-Protocol: v12.stomp\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        write(
                all,
                "CONNECT\naccept-version:1.2,1.1,1.0\nhost:localhost\nheart-beat:0,0\nlogin:warm\npasscode:up\n\n\0");
        write(all, "SUBSCRIBE\nid:sub-0\ndestination:/queue/user.warm\nack:auto\nreceipt:subscribed\n\n\0");
        String body = "x".repeat(length);
        for (int message = 0; message < messages; message++) {
            write(
                    all,
                    "SEND\ndestination:/queue/user.warm\ncontent-type:text/plain\nreceipt:" + message + "\n\n" + body
                            + "\0");
        }
        this.frames = all.toByteArray();
        all.reset();
        write(all, "DISCONNECT\nreceipt:bye\n\n\0");
        this.farewell = all.toByteArray();
    }

    /** Comes and leaves, on this thread. */
    void visit() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(server, timeout);
            socket.setSoTimeout(timeout);
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            socket.getOutputStream().write(handshake);
            for (int ends = 0; ends < 4; ) {
                byte next = in.readByte();
                // an empty line, which is CR LF CR LF
                ends = next == '\r' || next == '\n' ? ends + 1 : 0;
            }
            socket.getOutputStream().write(frames);
            // CONNECTED, the receipt of SUBSCRIBE, each message and its receipt
            for (int answers = 2 + 2 * messages; answers > 0; answers--) {
                skip(in);
            }
            socket.getOutputStream().write(farewell);
            while (skip(in) != CLOSE) {
                // the receipt of DISCONNECT
            }
        }
    }

    /** Reads past a WebSocket message (RFC 6455, section 5.2). */
    private static int skip(DataInputStream in) throws IOException {
        int opcode = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        in.skipNBytes(length == TWO_BYTES_OF_LENGTH ? in.readUnsignedShort() : length);
        return opcode;
    }

    /** Writes a WebSocket message; its mask is zero, which leaves the text as it is. */
    private static void write(OutputStream to, String frame) throws IOException {
        DataOutputStream out = new DataOutputStream(to);
        byte[] text = frame.getBytes(StandardCharsets.US_ASCII);
        out.write(TEXT);
        if (text.length < TWO_BYTES_OF_LENGTH) {
            out.write(MASKED | text.length);
        } else {
            out.write(MASKED | TWO_BYTES_OF_LENGTH);
            out.writeShort(text.length);
        }
        out.writeInt(0);
        out.write(text);
    }
}
