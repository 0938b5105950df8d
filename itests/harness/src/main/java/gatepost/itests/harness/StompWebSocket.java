package gatepost.itests.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** STOMP over a WebSocket, with control of every message and fragment (RFC 6455, section 5). */
public final class StompWebSocket extends StompClient {

    /** Any will do: masking is against proxies (RFC 6455, section 10.3), not against us. */
    private static final byte[] MASK = {0x12, 0x34, 0x56, 0x78};

    private final Socket socket;
    private final HttpAnswer answer;
    private final WebSocketBytes source;

    StompWebSocket(Socket socket, HttpAnswer answer) {
        this.socket = socket;
        this.answer = answer;
        this.source = new WebSocketBytes(answer.rest(), this::pong);
        reads(source);
    }

    /** @return the server's answer to the handshake */
    public HttpAnswer handshake() {
        return answer;
    }

    @Override
    public void send(byte[] bytes) {
        send(isUtf8(bytes) ? Opcode.TEXT : Opcode.BINARY, true, bytes);
    }

    /** Sends one WebSocket frame, masked as a client has to. */
    public void send(Opcode opcode, boolean last, byte[] payload) {
        raw(encode(opcode.code() | (last ? 0x80 : 0), payload));
    }

    /** Sends bytes with no WebSocket frame around them. */
    public void raw(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the status code of the server's close frame, 1005 for one without, 0 when there was none (yet) */
    public int closeCode() {
        return source.closeCode();
    }

    /** @return the payloads of the PONGs that were read so far, on the way to what was waited for */
    public List<byte[]> pongs() {
        return source.pongs();
    }

    /** The server has to close the connection now, with this status code and nothing before it. */
    public void expectClose(int code) {
        expectEnd();
        if (closeCode() != code) {
            throw new AssertionError("expected the close code " + code + ", got " + closeCode());
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    String ending() {
        return " with the close code " + closeCode();
    }

    private void pong(byte[] payload) {
        send(Opcode.PONG, true, payload);
    }

    private static byte[] encode(int first, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 14);
        out.write(first);
        if (payload.length < 126) {
            out.write(0x80 | payload.length);
        } else if (payload.length <= 0xffff) {
            out.write(0x80 | 126);
            out.writeBytes(
                    ByteBuffer.allocate(2).putShort((short) payload.length).array());
        } else {
            out.write(0x80 | 127);
            out.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        out.writeBytes(MASK);
        for (int i = 0; i < payload.length; i++) {
            out.write(payload[i] ^ MASK[i % 4]);
        }
        return out.toByteArray();
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
