package gatepost.welcome;

/** Which names a queue of one's own can be made from. */
final class Addressee {

    private static final String SPECIAL = "*>,?:/";

    private Addressee() {}

    /**
     * Whether a name is the name of one queue and of nothing else in a destination: a name like {@code a,b} would have a greeting
     * go to two. The same names as {@code {user}} of the entry map matches.
     */
    static boolean isFit(String user) {
        return !user.isEmpty()
                && user.codePoints()
                        .noneMatch(c -> SPECIAL.indexOf(c) >= 0
                                || Character.isWhitespace(c)
                                || Character.isSpaceChar(c)
                                || Character.isISOControl(c));
    }
}
