package gatepost.inbox;

import java.util.Optional;

/**
 * Names of queues of one kind: one place that stands for a name, such as {@code {user}} for that of the owner, and what is around it.
 *
 * @param prefix before the name: empty, or ending with a dot
 * @param variable what stands at its place
 * @param suffix after it: empty, or beginning with a dot
 */
record QueuePattern(String prefix, String variable, String suffix) {

    /** What stands for the owner of an inbox. */
    static final String USER = "{user}";

    private static final String QUEUE = "queue://";

    /**
     * @param variable what has to be in it once
     * @throws IllegalArgumentException when it is none; says what was expected
     */
    static QueuePattern of(String text, String variable) {
        if (!text.startsWith(QUEUE)) {
            throw new IllegalArgumentException("expected " + QUEUE + " and a name with " + variable);
        }
        String name = text.substring(QUEUE.length());
        int place = name.indexOf(variable);
        if (place < 0 || name.indexOf(variable, place + 1) >= 0) {
            throw new IllegalArgumentException("expected exactly one " + variable);
        }
        QueuePattern pattern =
                new QueuePattern(name.substring(0, place), variable, name.substring(place + variable.length()));
        if (!pattern.prefix.isEmpty() && !pattern.prefix.endsWith(".")
                || !pattern.suffix.isEmpty() && !pattern.suffix.startsWith(".")) {
            throw new IllegalArgumentException("expected " + variable + " to be a whole segment of the name");
        }
        requireSegments(pattern.queue("x"));
        return pattern;
    }

    /**
     * @return the name of the one queue that is meant
     * @throws IllegalArgumentException when it is none; says what was expected
     */
    static String single(String text) {
        if (!text.startsWith(QUEUE)) {
            throw new IllegalArgumentException("expected " + QUEUE + " and a name");
        }
        String name = text.substring(QUEUE.length());
        requireSegments(name);
        return name;
    }

    private static void requireSegments(String name) {
        for (String segment : name.split("\\.", -1)) {
            if (segment.isEmpty()) {
                throw new IllegalArgumentException("expected no empty segment");
            }
            if (!segment.chars().allMatch(QueuePattern::isPlain)) {
                throw new IllegalArgumentException(
                        "expected no wildcard, comma, question mark, white space or control character");
            }
        }
    }

    private static boolean isPlain(int c) {
        return "*>,?{}".indexOf(c) < 0 && !Character.isWhitespace(c) && !Character.isISOControl(c);
    }

    /** @return the name in that of a queue; nothing when it is none of these. It may have dots where it is the rest */
    Optional<String> name(String queue) {
        if (queue.length() <= prefix.length() + suffix.length()
                || !queue.startsWith(prefix)
                || !queue.endsWith(suffix)) {
            return Optional.empty();
        }
        String name = queue.substring(prefix.length(), queue.length() - suffix.length());
        return suffix.isEmpty() || name.indexOf('.') < 0 ? Optional.of(name) : Optional.empty();
    }

    /** @return the queue of that name's */
    String queue(String name) {
        return prefix + name + suffix;
    }

    /** @return whether there may be a queue that is of both */
    boolean mayMeet(QueuePattern other) {
        boolean prefixes = prefix.startsWith(other.prefix) || other.prefix.startsWith(prefix);
        boolean suffixes = suffix.endsWith(other.suffix) || other.suffix.endsWith(suffix);
        if (!prefixes || !suffixes) {
            return false;
        }
        // a name that is the rest may have dots
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
        return QUEUE + queue(variable);
    }
}
