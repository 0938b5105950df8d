package gatepost.contracts;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a name or an address that a client wrote can mean nothing but this machine. Nothing is ever looked up: whoever owns a
 * name decides what it leads to, and an attacker's page whose name was made to lead here is the attack that this answers.
 *
 * <p>Loopback are {@code localhost} and what is below it (RFC 6761, section 6.3), 127.0.0.0/8 and ::1. Never blocks.
 */
public final class Loopback {

    private static final Pattern AUTHORITY =
            Pattern.compile("(\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9.-]{1,253})(?::[0-9]{0,5})?");
    private static final Pattern ORIGIN = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{0,30}://(.*)");
    private static final Pattern IPV4 = Pattern.compile("127(?:\\.(?:0|[1-9][0-9]{0,2})){3}");
    private static final int MAX_BYTE = 255;

    private Loopback() {}

    /** @param host a {@code Host} header, {@code NAME} or {@code NAME:PORT}; null is none */
    public static boolean isHost(String host) {
        Matcher authority = host == null ? null : AUTHORITY.matcher(host);
        return authority != null
                && authority.matches()
                && isName(authority.group(1).toLowerCase(Locale.ROOT));
    }

    /** @param origin an {@code Origin} header, {@code SCHEME://NAME:PORT}; null and {@code "null"} are of nowhere */
    public static boolean isOrigin(String origin) {
        Matcher parts = origin == null ? null : ORIGIN.matcher(origin);
        return parts != null && parts.matches() && isHost(parts.group(1));
    }

    private static boolean isName(String name) {
        if (name.startsWith("[")) {
            return isIpv6(name);
        }
        return name.equals("localhost")
                || name.endsWith(".localhost") && !name.startsWith(".") && !name.contains("..")
                || isIpv4(name);
    }

    private static boolean isIpv4(String name) {
        if (!IPV4.matcher(name).matches()) {
            return false;
        }
        for (String part : name.split("\\.")) {
            if (Integer.parseInt(part) > MAX_BYTE) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIpv6(String literal) {
        try {
            // brackets make it a literal or an error, never a name to look up
            return InetAddress.getByName(literal).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false; // not an address, so not this machine's
        }
    }
}
