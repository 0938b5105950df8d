package gatepost.presence;

/**
 * Names of users as a subscription writes them: {@code .} separates segments, {@code *} is any one of them, a last {@code >} any number of
 * further ones, none included; as the entry map understands them, so that nobody is matched whom the map was not asked about.
 */
final class NamePattern {

    private static final String ANY = "*";
    private static final String REST = ">";

    private final String[] segments;

    NamePattern(String text) {
        segments = segments(text);
    }

    /** @return whether a text stands for more than one name. No user's name can hold one of those characters */
    static boolean isOne(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('>') >= 0;
    }

    boolean matches(String name) {
        if (segments.length == 1 && segments[0].equals(REST)) {
            return true;
        }
        String[] there = segments(name);
        for (int i = 0; i < segments.length; i++) {
            if (segments[i].equals(REST) && i == segments.length - 1) {
                return true;
            }
            if (i >= there.length || !segments[i].equals(ANY) && !segments[i].equals(there[i])) {
                return false;
            }
        }
        return there.length == segments.length;
    }

    private static String[] segments(String text) {
        return text.split("\\.", -1);
    }
}
