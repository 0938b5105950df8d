package gatepost.itests.harness;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The payload of the WebSocket messages that a server sends, one after the other. Strict about what a server may send: unmasked
 * frames, no reserved bits, no fragments begun inside others. A deadline that passes inside a frame's head or control frame is an
 * error, for that never waits on anything.
 */
final class WebSocketBytes implements ByteSource {

    private final ByteSource socket;
    private final Consumer<byte[]> pong;
    private final List<byte[]> pongs = new ArrayList<>();
    private long left;
    private boolean binary;
    private boolean inMessage;
    private int message;
    private int closeCode;

    /** @param pong answers a ping */
    WebSocketBytes(ByteSource socket, Consumer<byte[]> pong) {
        this.socket = socket;
        this.pong = pong;
    }

    @Override
    public int read(Deadline deadline) throws IOException {
        while (left == 0) {
            if (closeCode != 0) {
                return -1;
            }
            int first = socket.read(deadline);
            if (first < 0) {
                return -1;
            }
            frame(first);
        }
        int octet = octet(deadline);
        left--;
        return octet;
    }

    @Override
    public boolean binary() {
        return binary;
    }

    @Override
    public int message() {
        return message;
    }

    int closeCode() {
        return closeCode;
    }

    List<byte[]> pongs() {
        return List.copyOf(pongs);
    }

    private void frame(int first) throws IOException {
        Deadline soon = Deadline.in(StompClient.PATIENCE);
        int second = octet(soon);
        if ((first & 0x70) != 0 || (second & 0x80) != 0) {
            throw new AssertionError("a server's WebSocket frame is not masked and has no extension bits");
        }
        long length = second < 126 ? second : number(second == 126 ? 2 : 8, soon);
        int opcode = first & 0x0f;
        if (opcode >= Opcode.CLOSE.code()) {
            control(opcode, (int) length, soon);
            return;
        }
        if (inMessage != (opcode == Opcode.CONTINUATION.code())) {
            throw new AssertionError("a WebSocket frame of opcode " + opcode + " is out of place");
        }
        if (!inMessage) {
            message++;
            binary = opcode == Opcode.BINARY.code();
        }
        inMessage = (first & 0x80) == 0;
        left = length;
    }

    private void control(int opcode, int length, Deadline soon) throws IOException {
        byte[] payload = new byte[length];
        for (int i = 0; i < length; i++) {
            payload[i] = (byte) octet(soon);
        }
        if (opcode == Opcode.CLOSE.code()) {
            closeCode = length < 2 ? 1005 : (payload[0] & 0xff) << 8 | payload[1] & 0xff;
        } else if (opcode == Opcode.PING.code()) {
            pong.accept(payload);
        } else {
            pongs.add(payload);
        }
    }

    private long number(int octets, Deadline soon) throws IOException {
        long number = 0;
        for (int i = 0; i < octets; i++) {
            number = number << 8 | octet(soon);
        }
        return number;
    }

    private int octet(Deadline deadline) throws IOException {
        int octet = socket.read(deadline);
        if (octet < 0) {
            throw new EOFException("the connection ended inside a WebSocket frame");
        }
        return octet;
    }
}
