package gatepost.authorization.engine;

/** Whether a name stands for one destination, for many, or for something that the broker would take in another way. */
enum NameShape {
    PLAIN,
    WILDCARD,
    /**
     * Empty, a {@code *} or {@code >} within a segment, a {@code >} that is not the last segment (ActiveMQ's look-up stops
     * there and takes everything below), or a separator of composites or options that should have been taken apart.
     */
    MALFORMED;

    static NameShape of(String name) {
        NameShape shape = name.isEmpty() ? MALFORMED : PLAIN;
        for (int i = 0; i < name.length() && shape != MALFORMED; i++) {
            char c = name.charAt(i);
            if (c == ',' || c == '?') {
                shape = MALFORMED;
            } else if (c == '*' || c == '>') {
                boolean begins = i == 0 || name.charAt(i - 1) == '.';
                boolean last = i == name.length() - 1;
                boolean ends = last || c == '*' && name.charAt(i + 1) == '.';
                shape = begins && ends ? WILDCARD : MALFORMED;
            }
        }
        return shape;
    }
}
