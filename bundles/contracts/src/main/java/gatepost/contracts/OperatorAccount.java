package gatepost.contracts;

import java.util.List;
import java.util.Optional;

/**
 * Under which names the console's pages call for an operator: the group that the operator's role puts them in, a dot, and the operator's name
 * in Karaf's realm, as {@code gatepost-console-admin.ann}. Nobody else can have such a name, as all that begin with {@code gatepost-} are
 * Gatepost's own.
 */
public final class OperatorAccount {

    /** The group of administrators. */
    public static final String ADMIN = "gatepost-console-admin";

    /** The group of viewers. */
    public static final String VIEWER = "gatepost-console-viewer";

    private static final List<String> GROUPS = List.of(ADMIN, VIEWER);

    private OperatorAccount() {}

    /**
     * @param group {@link #ADMIN} or {@link #VIEWER}
     * @param operator the name in Karaf's realm
     */
    public static String name(String group, String operator) {
        return group + "." + operator;
    }

    /** @return the group of an account; nothing where it is no operator's */
    public static Optional<String> group(String account) {
        return GROUPS.stream()
                .filter(group -> account.startsWith(group + ".") && account.length() > group.length() + 1)
                .findFirst();
    }

    /** @return the name of the operator that an account calls for; nothing where it is no operator's */
    public static Optional<String> operator(String account) {
        return group(account).map(group -> account.substring(group.length() + 1));
    }
}
