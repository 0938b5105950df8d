package gatepost.console;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The header {@code Host}: under what name a browser believes to have found what it asks. Never blocks. */
public final class HostHeader {

    /** What is served without being listed: the names that the README promises. */
    private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+]");

    private HostHeader() {}

    /** @return the name without its port, in lower case; empty when there is none that can be read */
    public static Optional<String> name(String header) {
        return header == null
                ? Optional.empty()
                : uri("http://" + header).map(uri -> uri.getHost().toLowerCase(Locale.ROOT));
    }

    /** Whether the name is this machine's own, or one of those that are listed besides. */
    public static boolean isServed(String header, Set<String> listed) {
        return name(header)
                .filter(name -> OWN_NAMES.contains(name) || listed.contains(name))
                .isPresent();
    }

    /**
     * Whether it is an address, or nothing at all, which no browser sends. A page that has its own name point to this machine (DNS
     * rebinding) can have a request say neither: its browser says the name.
     */
    public static boolean isNoName(String header) {
        return header == null
                || name(header).filter(name -> ADDRESS.matcher(name).matches()).isPresent();
    }

    public static Optional<URI> uri(String text) {
        try {
            URI uri = new URI(text);
            boolean plain = uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            return plain ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
