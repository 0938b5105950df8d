package gatepost.itests.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;

/** STOMP over TCP, plain or TLS. */
public final class StompSocket extends StompClient {

    private final Socket socket;

    /** @param socket connected; this client closes it */
    public StompSocket(Socket socket) {
        this.socket = socket;
        reads(new SocketBytes(socket));
    }

    /** Connects to a port of loopback. */
    public static StompSocket open(int port) {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            return new StompSocket(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
}
