package gatepost.inbox;

import java.util.Optional;

/**
 * Names of queues that are inboxes: one {@code {user}}, which stands for the name of the owner, and what is around it.
 *
 * @param prefix before the owner's name: empty, or ending with a dot
 * @param suffix after it: empty, or beginning with a dot
 */
record InboxPattern(String prefix, String suffix) {

    private static final String QUEUE = "queue://";
    private static final String USER = "{user}";

    /** @throws IllegalArgumentException when it is none; says what was expected */
    static InboxPattern of(String text) {
        if (!text.startsWith(QUEUE)) {
            throw new IllegalArgumentException("expected " + QUEUE + " and a name with " + USER);
        }
        String name = text.substring(QUEUE.length());
        int user = name.indexOf(USER);
        if (user < 0 || name.indexOf(USER, user + 1) >= 0) {
            throw new IllegalArgumentException("expected exactly one " + USER);
        }
        InboxPattern pattern = new InboxPattern(name.substring(0, user), name.substring(user + USER.length()));
        if (!pattern.prefix.isEmpty() && !pattern.prefix.endsWith(".")
                || !pattern.suffix.isEmpty() && !pattern.suffix.startsWith(".")) {
            throw new IllegalArgumentException("expected " + USER + " to be a whole segment of the name");
        }
        pattern.requireSegments();
        return pattern;
    }

    private void requireSegments() {
        for (String segment : (prefix + "x" + suffix).split("\\.", -1)) {
            if (segment.isEmpty()) {
                throw new IllegalArgumentException("expected no empty segment");
            }
            if (!segment.chars().allMatch(InboxPattern::isPlain)) {
                throw new IllegalArgumentException(
                        "expected no wildcard, comma, question mark, white space or control character");
            }
        }
    }

    private static boolean isPlain(int c) {
        return "*>,?{}".indexOf(c) < 0 && !Character.isWhitespace(c) && !Character.isISOControl(c);
    }

    /** @return whose inbox a queue of that name is; nothing when it is none of these. The name may have dots where it is the rest */
    Optional<String> owner(String queue) {
        if (queue.length() <= prefix.length() + suffix.length()
                || !queue.startsWith(prefix)
                || !queue.endsWith(suffix)) {
            return Optional.empty();
        }
        String owner = queue.substring(prefix.length(), queue.length() - suffix.length());
        return suffix.isEmpty() || owner.indexOf('.') < 0 ? Optional.of(owner) : Optional.empty();
    }

    /** @return the name of that user's */
    String inbox(String user) {
        return prefix + user + suffix;
    }

    /** @return whether there may be a queue that is of both */
    boolean mayMeet(InboxPattern other) {
        boolean prefixes = prefix.startsWith(other.prefix) || other.prefix.startsWith(prefix);
        boolean suffixes = suffix.endsWith(other.suffix) || other.suffix.endsWith(suffix);
        if (!prefixes || !suffixes) {
            return false;
        }
        // an owner that is the rest of the name may have dots
        if (suffix.isEmpty()) {
            return other.suffix.isEmpty() || other.segments() >= segments();
        }
        return other.suffix.isEmpty() ? segments() >= other.segments() : segments() == other.segments();
    }

    private long segments() {
        return (prefix + suffix).chars().filter(c -> c == '.').count();
    }

    @Override
    public String toString() {
        return QUEUE + prefix + USER + suffix;
    }
}
