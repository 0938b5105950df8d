package gatepost.routes.http;

import java.time.Duration;
import java.util.Set;

/**
 * Where HTTP requests for routes come in, and what they may take.
 *
 * @param address an address or a name of this machine
 * @param port 1 to 65535
 * @param bodyMax bytes of a request's body
 * @param bodiesMax bytes of all bodies that are here at a time; at least one whole body
 * @param connectionsMax connections at a time, at least 1
 * @param timeout for a request to come whole, and for a client that takes nothing of its answer
 * @param hosts names besides loopback's that requests may be for, and pages of, in lower case and without a port
 */
public record HttpSettings(
        String address, int port, int bodyMax, int bodiesMax, int connectionsMax, Duration timeout, Set<String> hosts) {

    static final int BODIES_MAX = 64 << 20;
    static final int CONNECTIONS_MAX = 1000;
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    public HttpSettings {
        hosts = Set.copyOf(hosts);
    }

    /** For this machine, with the limits that ship. */
    public HttpSettings(String address, int port, int bodyMax) {
        this(address, port, bodyMax, Math.max(BODIES_MAX, bodyMax), CONNECTIONS_MAX, TIMEOUT, Set.of());
    }
}
