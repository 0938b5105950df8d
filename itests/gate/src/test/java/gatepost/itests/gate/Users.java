package gatepost.itests.gate;

import java.util.Map;

/** Who is in the tests' users file besides those who ship: some harmless, and some whose names are attacks. */
final class Users {

    /** Names that could be taken for something else, as they are, not as a properties file writes them. */
    static final Map<String, String> ALL = Map.ofEntries(
            line("keeper", "admins", "users"),
            line("guest"),
            line("*", "users"),
            line(">", "users"),
            line("a.>", "users"),
            line("user.*", "users"),
            line("a,b", "users"),
            line("a/b", "users"),
            line("alice?", "users"),
            line("gatepost-welcome", "users"),
            line("anonymous", "users"));

    private Users() {}

    private static Map.Entry<String, String> line(String user, String... groups) {
        StringBuilder value = new StringBuilder(Account.PASSWORD);
        for (String group : groups) {
            value.append(",_g_:").append(group);
        }
        return Map.entry(user, value.toString());
    }
}
