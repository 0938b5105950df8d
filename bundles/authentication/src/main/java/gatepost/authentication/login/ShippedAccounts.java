package gatepost.authentication.login;

import java.util.Map;
import java.util.Set;

/**
 * The accounts that every copy of Gatepost ships with and whose passwords everybody knows. They serve to try it out on one
 * machine; with another password such an account is one like any other.
 */
final class ShippedAccounts {

    private static final Map<String, String> PASSWORDS =
            Map.of("system", "manager", "alice", "alice", "bob", "bob", "app", "app");

    private ShippedAccounts() {}

    static boolean isShipped(String user, String password) {
        return password.equals(PASSWORDS.get(user));
    }

    /** @return the password that an account ships with; empty, which is nobody's, for any other account */
    static String password(String user) {
        return PASSWORDS.getOrDefault(user, "");
    }

    static Set<String> names() {
        return PASSWORDS.keySet();
    }
}
