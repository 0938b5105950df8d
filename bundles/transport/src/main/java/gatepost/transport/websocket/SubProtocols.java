package gatepost.transport.websocket;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Arrays;
import java.util.List;

/** The sub-protocols of a WebSocket: the versions of STOMP, best first. */
public final class SubProtocols {

    private static final List<String> SPOKEN = List.of("v12.stomp", "v11.stomp", "v10.stomp");

    private SubProtocols() {}

    /** @return them all, separated by commas, as Netty's configuration takes them */
    public static String list() {
        return String.join(",", SPOKEN);
    }

    /**
     * Leaves of what a request offers the best that is spoken here: Netty takes the first, and webstomp-client names
     * {@code v10.stomp} first. A request that offers none of them is left as it is, and is answered without a sub-protocol.
     */
    static void leaveTheBest(HttpHeaders request) {
        List<String> offered = request.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL).stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::trim)
                .toList();
        SPOKEN.stream()
                .filter(offered::contains)
                .findFirst()
                .ifPresent(best -> request.set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, best));
    }
}
