package gatepost.contracts;

/**
 * Text that a client has chosen, made fit for a line of a log, a cell of a table or the header of an ERROR frame: a name, a
 * destination, a header, an {@code Origin}. As it came, it could begin a line that Gatepost never wrote, hide what follows, turn
 * the direction of writing, or give orders to the terminal of whoever reads the log.
 */
public final class Printable {

    private static final int LIMIT = 512;

    private Printable() {}

    /**
     * @return the text with all that does not show (control, format, private and unassigned characters, line ends, halves of
     *         pairs) as {@code \}{@code uXXXX}; at most some 500 characters of it
     */
    public static String of(String text) {
        return text.length() > LIMIT ? whole(text.substring(0, LIMIT)) + "..." : whole(text);
    }

    /** @return the same, and all of it: for whoever has asked to see it */
    public static String whole(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isUnprintable(c)) {
                new String(Character.toChars(c)).chars().forEach(unit -> line.append(String.format("\\u%04x", unit)));
            } else {
                line.appendCodePoint(c);
            }
        });
        return line.toString();
    }

    /** @return whether all of a text shows */
    public static boolean isPrintable(String text) {
        return text.codePoints().noneMatch(Printable::isUnprintable);
    }

    /** @return the same in double quotes, those within and backslashes escaped */
    public static String quoted(String text) {
        return '"' + of(text.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
    }

    private static boolean isUnprintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> true;
            default -> false;
        };
    }
}
