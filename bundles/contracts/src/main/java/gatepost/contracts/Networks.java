package gatepost.contracts;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Addresses, and networks of them, that an operator lists: {@code 192.0.2.7}, {@code 10.0.0.0/8}, {@code fd00::/8}. Immutable. */
public final class Networks {

    /** A name is never looked up: whoever owns it would decide what it means. */
    private static final Pattern LITERAL = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

    private record Network(byte[] address, int bits) {

        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit & 7);
                if ((address[bit >> 3] & mask) != (other[bit >> 3] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private final List<Network> networks;

    private Networks(List<Network> networks) {
        this.networks = List.copyOf(networks);
    }

    /** @throws IllegalArgumentException saying which of them is none */
    public static Networks of(String... texts) {
        List<Network> networks = new ArrayList<>();
        for (String text : texts) {
            networks.add(network(text.trim()));
        }
        return new Networks(networks);
    }

    /** Whether an address is one of these. */
    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        for (Network network : networks) {
            if (network.contains(bytes)) {
                return true;
            }
        }
        return false;
    }

    private static Network network(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        try {
            if (LITERAL.matcher(literal).matches()) {
                byte[] address = InetAddress.getByName(literal).getAddress();
                int all = address.length * Byte.SIZE;
                int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
                if (bits >= 0 && bits <= all) {
                    return new Network(address, bits);
                }
            }
        } catch (UnknownHostException | NumberFormatException e) {
            // answered below with what was expected
        }
        throw new IllegalArgumentException(text + " is no address: expected such as 192.0.2.7, 10.0.0.0/8 or fd00::/8");
    }
}
