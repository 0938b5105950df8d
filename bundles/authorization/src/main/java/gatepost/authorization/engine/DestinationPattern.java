package gatepost.authorization.engine;

import java.util.List;

/**
 * The destinations that an entry speaks of: {@code .} separates segments, {@code *} is any one segment, a last {@code >} any
 * number of further ones, none included, and {@code {user}} the exact name of the user who asks.
 *
 * @param domain queue or topic
 * @param segments at least one
 */
public record DestinationPattern(Domain domain, List<String> segments) {

    /** Any one segment. */
    public static final String ANY = "*";
    /** Any number of further segments, none included. */
    public static final String REST = ">";
    /** The segments of the asking user's name. */
    public static final String USER = "{user}";

    public DestinationPattern {
        segments = List.copyOf(segments);
    }

    /**
     * @param text such as {@code queue://user.{user}}
     * @throws IllegalArgumentException when it cannot be used; the message says what was expected
     */
    public static DestinationPattern parse(String text) {
        for (Domain domain : Domain.values()) {
            if (text.startsWith(domain.prefix())) {
                List<String> segments =
                        List.of(text.substring(domain.prefix().length()).split("\\.", -1));
                check(segments);
                return new DestinationPattern(domain, segments);
            }
        }
        throw new IllegalArgumentException("expected a destination that begins with queue:// or topic://, not " + text);
    }

    private static void check(List<String> segments) {
        if (segments.equals(List.of(""))) {
            throw new IllegalArgumentException("expected a name after the prefix of the destination");
        }
        boolean afterUser = false;
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            boolean wildcard = segment.equals(ANY) || segment.equals(REST);
            if (segment.equals(REST) && i < segments.size() - 1) {
                throw new IllegalArgumentException("expected > only as the last segment");
            }
            if (wildcard && afterUser) {
                // user.{user}.> would give the user a the queues of the user a.b
                throw new IllegalArgumentException(
                        "no wildcard may follow {user}: it would open the queues of users whose "
                                + "names begin with this user's name and a dot");
            }
            if (segment.contains("${user}")) {
                throw new IllegalArgumentException("the name of the user who asks is written {user}, without a $");
            }
            boolean special = segment.contains("$[") || segment.chars().anyMatch(c -> "*>{},?\"'".indexOf(c) >= 0);
            if (!wildcard && !segment.equals(USER) && special) {
                throw new IllegalArgumentException(
                        "the segment " + segment + " is neither a plain name nor *, > or {user}"
                                + " (composite names, options, placeholders and quotes have no place in an entry)");
            }
            afterUser |= segment.equals(USER);
        }
    }

    @Override
    public String toString() {
        return domain.prefix() + String.join(".", segments);
    }
}
