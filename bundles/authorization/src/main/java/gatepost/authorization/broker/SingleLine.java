package gatepost.authorization.broker;

/** Text that came from a client, made fit for one line of a log or of an ERROR frame's header. */
final class SingleLine {

    private static final int LIMIT = 512;

    private SingleLine() {
    }

    /**
     * @return the text with whatever could begin a new line, hide or reorder what follows as {@code \}{@code uXXXX}; at most
     *         some 500 characters of it
     */
    static String of(String text) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), LIMIT); i++) {
            char c = text.charAt(i);
            if (isUnprintable(c)) {
                line.append(String.format("\\u%04x", (int) c));
            } else {
                line.append(c);
            }
        }
        return text.length() > LIMIT ? line.append("...").toString() : line.toString();
    }

    /** @return the same in double quotes, those within and backslashes escaped */
    static String quoted(String text) {
        return '"' + of(text.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
    }

    private static boolean isUnprintable(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE -> true;
            default -> false;
        };
    }
}
