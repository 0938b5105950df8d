package gatepost.console.web;

import gatepost.console.HostHeader;
import gatepost.contracts.Loopback;
import gatepost.contracts.ProxyHeaders;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a request comes from and whom it is for. */
public final class Origin {

    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]{2,45}");

    private Origin() {}

    /**
     * Whether whoever asks is on this machine: the connection comes from loopback, no proxy says that it forwards it, and the
     * name asked for is loopback's, so that it is no proxy that says nothing either.
     */
    public static boolean isLoopback(HttpServletRequest request) {
        return isLoopback(request.getRemoteAddr())
                && !ProxyHeaders.tellOfProxy(() -> request.getHeaderNames().asIterator())
                && Loopback.isHost(request.getHeader("Host"));
    }

    /**
     * @return the address that a request comes from, for people to read: of a proxy on this machine the one that it says it forwards for,
     *     which no other client can say, as it would be the proxy's own word that comes last
     */
    public static String address(HttpServletRequest request) {
        String remote = request.getRemoteAddr();
        String forwarded = request.getHeader("X-Forwarded-For");
        if (forwarded == null || !isLoopback(remote)) {
            return remote;
        }
        String last = forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
        return ADDRESS.matcher(last).matches() ? last : remote;
    }

    /** @return the name in the header {@code Host}, without its port, in lower case; empty when there is none that can be read */
    static Optional<String> host(HttpServletRequest request) {
        return HostHeader.name(request.getHeader("Host"));
    }

    /** Whether a page whose origin is this (RFC 6454) is one of those that are served under the name asked for. */
    static boolean isSame(HttpServletRequest request, String origin) {
        return HostHeader.uri(origin)
                .map(uri -> uri.getRawAuthority().equalsIgnoreCase(request.getHeader("Host")))
                .orElse(false);
    }

    /** The address is always a literal, which nobody has to be asked about. */
    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
