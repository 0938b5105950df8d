package gatepost.broker.connector;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may stand in {@code origins}. A page's {@code Origin} is compared letter by letter with how browsers write it (RFC 6454,
 * section 6.2): scheme, host, and the port unless it is the scheme's own. Whatever is written in another way would never match.
 */
final class Origins {

    /** Any page at all. */
    private static final String ANY = "*";
    /** What browsers say for a page that has no origin, such as one in a sandbox or from a file. */
    private static final String NONE = "null";

    private static final Pattern ORIGIN =
            Pattern.compile("([a-z][a-z0-9+.-]*)://([a-z0-9._-]+|\\[[0-9a-f:.]+])(?::([0-9]{1,5}))?");
    private static final Map<String, String> OWN_PORTS = Map.of("http", "80", "https", "443");

    private Origins() {}

    /** @return why no page could ever have this origin; nothing where one could */
    static Optional<String> problem(String origin) {
        if (origin.equals(ANY) || origin.equals(NONE)) {
            return Optional.empty();
        }
        Matcher matcher = ORIGIN.matcher(origin);
        if (matcher.matches()) {
            boolean own = matcher.group(3) != null && matcher.group(3).equals(OWN_PORTS.get(matcher.group(1)));
            return own
                    ? Optional.of("browsers leave out the port that " + matcher.group(1) + " has anyway: "
                            + origin.substring(0, origin.lastIndexOf(':')))
                    : Optional.empty();
        }
        return Optional.of(reason(origin));
    }

    private static String reason(String origin) {
        if (origin.contains(ANY)) {
            return "* stands for any origin, and only by itself: list each host";
        }
        if (!origin.contains("://")) {
            return "it has no scheme: https://" + origin;
        }
        if (origin.indexOf('/', origin.indexOf("://") + 3) >= 0) {
            return "an origin ends with its host or port: no slash and no path";
        }
        if (!origin.equals(origin.toLowerCase(Locale.ROOT))) {
            return "browsers write it in small letters: " + origin.toLowerCase(Locale.ROOT);
        }
        if (!origin.chars().allMatch(c -> c < 128)) {
            return "browsers write such a host in its ASCII form, xn--...";
        }
        return "expected SCHEME://HOST or SCHEME://HOST:PORT, such as https://app.example.com";
    }
}
