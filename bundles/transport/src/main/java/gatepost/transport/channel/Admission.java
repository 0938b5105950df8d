package gatepost.transport.channel;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Counts the connections of one connector, in all and of each address. Safe for use by several threads. */
final class Admission {

    /** Refused connections that are told why at the same time; more are closed without a word, for they cost memory too. */
    private static final int EXPLAINED = 256;

    private final Map<InetAddress, Integer> addresses = new HashMap<>();
    private int connections;
    private int refused;

    /**
     * @param limit of connections in all
     * @param limitPerAddress of one address, 0 for none
     * @return why the connection is refused, or nothing; call {@link #leave} for it in any case
     */
    synchronized Optional<String> enter(InetAddress address, int limit, int limitPerAddress) {
        // a refused connection takes nobody's place while it reads why: an address that tries again at once would never get in
        if (connections >= limit) {
            return Optional.of("too many connections: this connector takes " + limit);
        }
        if (limitPerAddress > 0 && addresses.getOrDefault(address, 0) >= limitPerAddress) {
            return Optional.of("too many connections: one address may have " + limitPerAddress);
        }
        connections++;
        addresses.merge(address, 1, Integer::sum);
        return Optional.empty();
    }

    /** @return whether the refusal may be explained, rather than the connection just closed */
    synchronized boolean refuse() {
        return ++refused <= EXPLAINED;
    }

    synchronized void leave(InetAddress address, boolean wasRefused) {
        if (wasRefused) {
            refused--;
            return;
        }
        connections--;
        addresses.computeIfPresent(address, (any, count) -> count == 1 ? null : count - 1);
    }
}
