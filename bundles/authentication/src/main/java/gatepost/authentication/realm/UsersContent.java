package gatepost.authentication.realm;

import gatepost.authentication.identity.UserName;
import gatepost.authentication.token.TokenVerifier;
import gatepost.configuration.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a users file says: {@code user = password,group,_g_:group}, and {@code _g_\:group = group,role} for what a group is made of.
 *
 * @param users by name
 * @param passwords as they are stored, by name
 * @param groups that users have, in the order of the lines that give them first
 * @param problems why none of it may come in force; empty when it may
 * @param warnings what is in force and does not do what somebody may have hoped for
 */
record UsersContent(
        Map<String, UsersFile.User> users,
        Map<String, StoredPassword> passwords,
        List<UsersFile.Group> groups,
        List<Problem> problems,
        List<String> warnings) {

    /** Nobody at all. */
    static final UsersContent NOBODY = new UsersContent(Map.of(), Map.of(), List.of(), List.of(), List.of());

    private static final String GROUP_PREFIX = "_g_:";

    /** @param name what problems are reported under */
    static UsersContent read(String name, byte[] bytes) {
        UsersText text = UsersText.of(name, bytes);
        List<Problem> problems = new ArrayList<>(text.problems());
        List<String> warnings = new ArrayList<>();
        Map<String, UsersText.Entry> entries = new TreeMap<>();
        for (UsersText.Entry entry : text.entries()) {
            UsersText.Entry before = entries.putIfAbsent(entry.key(), entry);
            if (before != null) {
                problems.add(new Problem(
                        name,
                        entry.key(),
                        null,
                        "is listed twice, in lines " + before.line() + " and " + entry.line()
                                + ": nobody can tell which one holds"));
            }
        }
        Map<String, UsersFile.User> users = new HashMap<>();
        Map<String, StoredPassword> passwords = new HashMap<>();
        Map<String, UsersFile.Group> groups = new TreeMap<>();
        entries.forEach((user, entry) -> {
            if (!user.startsWith(GROUP_PREFIX)) {
                String[] parts = entry.value().split(",", -1);
                StoredPassword password = new StoredPassword(parts[0]);
                password.fault()
                        .ifPresent(fault ->
                                problems.add(new Problem(name, user, null, "line " + entry.line() + ": " + fault)));
                warning(user, password).ifPresent(warning -> warnings.add("line " + entry.line() + ": " + warning));
                Set<String> own = new LinkedHashSet<>();
                for (String part : Arrays.copyOfRange(parts, 1, parts.length)) {
                    List<String> members = members(part.trim(), entries);
                    own.add(plain(part.trim()));
                    own.addAll(members);
                    // one that stands for others is not what entries name
                    (members.isEmpty() ? List.of(plain(part.trim())) : members)
                            .forEach(group -> groups.merge(
                                    group, new UsersFile.Group(group, entry.line(), user, 1), UsersFile.Group::and));
                }
                own.remove("");
                users.put(user, new UsersFile.User(user, password.fingerprint(), own));
                passwords.put(user, password);
            }
        });
        groups.remove("");
        return new UsersContent(
                Map.copyOf(users),
                Map.copyOf(passwords),
                groups.values().stream()
                        .sorted(Comparator.comparing(UsersFile.Group::line))
                        .toList(),
                List.copyOf(problems),
                List.copyOf(warnings));
    }

    private static Optional<String> warning(String user, StoredPassword password) {
        Optional<String> fault = UserName.fault(user);
        if (fault.isPresent() || UserName.isOwn(user) || user.equals(UserName.ANONYMOUS)) {
            return Optional.of(user + " cannot sign in: " + fault.orElse("the name is one of Gatepost's own"));
        }
        if (password.isNone()) {
            return Optional.of(user + " has no password and cannot sign in with one");
        }
        return TokenVerifier.isToken(password.text())
                ? Optional.of("the password of " + user + " is of three parts like a token and will be taken for one")
                : Optional.empty();
    }

    /** @return what a group stands for; nothing for a group that stands for itself alone */
    private static List<String> members(String group, Map<String, UsersText.Entry> entries) {
        UsersText.Entry entry = group.startsWith(GROUP_PREFIX) ? entries.get(group) : null;
        return entry == null
                ? List.of()
                : Arrays.stream(entry.value().split(","))
                        .skip(1)
                        .map(role -> plain(role.trim()))
                        .filter(role -> !role.isEmpty())
                        .toList();
    }

    /** @return a group's name without the prefix that Karaf marks groups with */
    static String plain(String group) {
        return group.startsWith(GROUP_PREFIX) ? group.substring(GROUP_PREFIX.length()) : group;
    }
}
