package gatepost.authentication.identity;

import java.util.Optional;
import java.util.regex.Pattern;

/** Which names a user may have. A name becomes a part of destinations, client ids and log lines. */
public final class UserName {

    /** The longest name in characters. */
    public static final int MAX_LENGTH = 255;

    /** The name of everybody who signs in without one, and of the group that they are in. */
    public static final String ANONYMOUS = "anonymous";

    /** What the names and the groups of Gatepost's own accounts begin with. */
    public static final String OWN_PREFIX = "gatepost-";

    private static final String SPECIAL = "*>,?:/";

    /** What is shown as nothing although it counts as a letter, a mark or a symbol (Unicode's Default_Ignorable_Code_Point, and the empty Braille cell). */
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u2800\\u3164\\uFE00-\\uFE0F\\uFFA0"
                    + "\\x{E0000}-\\x{E0FFF}\\x{1D159}\\x{1BCA0}-\\x{1BCA3}\\x{1D173}-\\x{1D17A}]");

    private UserName() {}

    /**
     * Says why a name cannot be a user's. The characters are those that the {@code {user}} of an entry never matches, and
     * invisible and private-use ones, with which one name could pass for another. A {@code /} would also let {@code a/b} take the client ids
     * of {@code a}.
     *
     * @return nothing when the name is fine
     */
    public static Optional<String> fault(String name) {
        if (name == null || name.isEmpty()) {
            return Optional.of("the user name is empty");
        }
        if (name.length() > MAX_LENGTH) {
            return Optional.of("the user name is longer than " + MAX_LENGTH + " characters");
        }
        return name.codePoints().anyMatch(UserName::isForbidden)
                        || INVISIBLE.matcher(name).find()
                ? Optional.of("the user name holds white space, an invisible character or one of " + SPECIAL)
                : Optional.empty();
    }

    /** Whether a user's or a group's name belongs to Gatepost's own accounts. */
    public static boolean isOwn(String name) {
        return name.startsWith(OWN_PREFIX);
    }

    private static boolean isForbidden(int character) {
        return SPECIAL.indexOf(character) >= 0
                || Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || switch (Character.getType(character)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.UNASSIGNED,
                            Character.PRIVATE_USE -> true;
                    default -> false;
                };
    }
}
