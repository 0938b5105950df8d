package gatepost.itests.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The request that opens a WebSocket (RFC 6455, section 4.1), every header of which may be changed. Immutable.
 *
 * @param socket connected to the server; the client that comes out of this closes it
 */
public record WebSocketRequest(Socket socket, String target, Map<String, String> headers) {

    /** Connects to a port of loopback; the request is a good one, for {@code /stomp} and the sub-protocol {@code v12.stomp}. */
    public static WebSocketRequest to(int port) {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            return over(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Likewise over a socket that is there already, such as one with TLS. */
    public static WebSocketRequest over(Socket socket) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Host", "localhost:" + socket.getPort());
        headers.put("Upgrade", "websocket");
        headers.put("Connection", "Upgrade");
        headers.put("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        headers.put("Sec-WebSocket-Version", "13");
        headers.put("Sec-WebSocket-Protocol", "v12.stomp");
        return new WebSocketRequest(socket, "/stomp", headers);
    }

    public WebSocketRequest target(String other) {
        return new WebSocketRequest(socket, other, headers);
    }

    /** Replaces or adds a header; {@code null} takes it out. */
    public WebSocketRequest with(String header, String value) {
        Map<String, String> changed = new LinkedHashMap<>(headers);
        changed.remove(header);
        if (value != null) {
            changed.put(header, value);
        }
        return new WebSocketRequest(socket, target, changed);
    }

    /** Sends it and returns what the server says; the connection stays open. */
    public HttpAnswer answer() {
        String lines = headers.entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue() + "\r\n")
                .collect(Collectors.joining());
        try {
            socket.getOutputStream()
                    .write(("GET " + target + " HTTP/1.1\r\n" + lines + "\r\n").getBytes(StandardCharsets.UTF_8));
            return HttpAnswer.read(new SocketBytes(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends it; the server has to switch protocols. */
    public StompWebSocket open() {
        HttpAnswer answer = answer();
        if (answer.status() != 101) {
            throw new AssertionError("expected status 101, got " + answer);
        }
        return new StompWebSocket(socket, answer);
    }
}
