package gatepost.contracts;

import java.util.Optional;

/**
 * What a WebSocket's handshake said (RFC 6455, section 4.1).
 *
 * @param origin the {@code Origin} header, which browsers always send
 * @param host the {@code Host} header: what the client asked for, not where it arrived; empty where there was none
 * @param forwarded whether a header says that a proxy passed the request on ({@link ProxyHeaders})
 */
public record Page(Optional<String> origin, String host, boolean forwarded) {

    /**
     * Whether it can only be a page or a program of this machine, asked for under a name that can only mean this machine. One that
     * came from elsewhere, or whose name was made to lead here (DNS rebinding), is none. That the connection itself came from
     * loopback has to be known besides.
     */
    public boolean isLoopback() {
        return !forwarded && Loopback.isHost(host) && (origin.isEmpty() || Loopback.isOrigin(origin.get()));
    }
}
