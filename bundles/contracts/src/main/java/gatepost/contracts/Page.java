package gatepost.contracts;

import java.util.Optional;

/**
 * What a WebSocket's handshake said (RFC 6455, section 4.1).
 *
 * @param origin the {@code Origin} header, which browsers always send
 * @param host the {@code Host} header: what the client asked for, not where it arrived
 * @param forwarded whether a header says that a proxy passed the request on
 */
public record Page(Optional<String> origin, String host, boolean forwarded) {
}
