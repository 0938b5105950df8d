package gatepost.authentication.login;

import gatepost.contracts.Page;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Where a client connects from, as far as it can be believed.
 *
 * @param loopback whether the client is on this machine, nobody passed its request on, and a page is one of this machine: what
 *     everybody knows the password of works from there only
 * @param stranger whether it is a page of another host, or came through a proxy: what needs no password does not work from there
 * @param key what failures are counted under: an IPv4 address, the first 64 bits of an IPv6 address, and apart from those what
 *     came through a proxy
 */
public record ClientAddress(boolean loopback, boolean stranger, String key) {

    /** This machine. */
    public static final ClientAddress LOOPBACK = new ClientAddress(true, false, "127.0.0.1");

    private static final ClientAddress UNKNOWN = new ClientAddress(false, false, "unknown");
    private static final String FORWARDED = "?forwarded";
    private static final int SITE_PREFIX_BYTES = 8;

    /**
     * @param remoteAddress a connection's remote address, a URI such as {@code stomp://127.0.0.1:50412} or
     *     {@code wss://[0:0:0:0:0:0:0:1]:50412?forwarded}; may be null
     */
    public static ClientAddress of(String remoteAddress) {
        if (remoteAddress == null) {
            return UNKNOWN;
        }
        try {
            URI uri = new URI(remoteAddress);
            String host = uri.getHost();
            if (host == null || "vm".equals(uri.getScheme()) || !isLiteral(host)) {
                return UNKNOWN;
            }
            InetAddress address = InetAddress.getByName(host);
            // a proxy on this machine makes every request come from loopback; one that says so is not from here
            boolean direct = uri.getRawQuery() == null;
            return new ClientAddress(
                    direct && address.isLoopbackAddress(), !direct, key(address) + (direct ? "" : FORWARDED));
        } catch (URISyntaxException | UnknownHostException e) {
            return UNKNOWN;
        }
    }

    /** @return the same, of a client whose WebSocket handshake said this; of one without, where it is empty */
    public ClientAddress with(Optional<Page> page) {
        if (page.isEmpty()) {
            return this;
        }
        boolean forwarded = page.get().forwarded() && !key.endsWith(FORWARDED);
        boolean here = page.get().isLoopback();
        return new ClientAddress(
                loopback && here,
                stranger || page.get().forwarded() || page.get().origin().isPresent() && !here,
                forwarded ? key + FORWARDED : key);
    }

    /** A host name is never looked up: its owner would decide what it answers. */
    private static boolean isLiteral(String host) {
        return host.startsWith("[") || host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
    }

    /** Whoever holds one IPv6 address commonly holds the 2^64 of its network, so these count as one. */
    private static String key(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4
                ? address.getHostAddress()
                : HexFormat.ofDelimiter(":").formatHex(Arrays.copyOf(bytes, SITE_PREFIX_BYTES)) + "::/64";
    }
}
