package gatepost.authorization.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Maps for tests, a line for each entry. */
final class Maps {

    /** The map that ships. */
    static final EntryMap SHIPPED = map(
            "admins     queue://>            read=admins write=admins admin=admins",
            "own-queue  queue://user.{user}  read=users  admin=users",
            "to-app     queue://app.inbox    read=admins write=users  admin=users",
            "topics     topic://>            read=admins write=admins admin=admins",
            "presence   topic://gatepost.presence.{user} read=users",
            "welcome    queue://user.>       write=gatepost-welcome   admin=gatepost-welcome",
            "routes     queue://user.>       write=gatepost-routes    admin=gatepost-routes",
            "temporary  read=users,admins write=users,admins admin=users,admins");

    private Maps() {}

    static EntryMap map(String... lines) {
        List<Entry> entries = new ArrayList<>();
        Grants temporary = Grants.NOBODY;
        for (String line : lines) {
            String[] parts = line.split("\\s+", 2);
            if (parts[0].equals("temporary")) {
                temporary = EntrySyntax.grants(parts[1], Maps::fail).orElseThrow();
            } else {
                entries.add(EntrySyntax.entry(parts[0], parts[1], Maps::fail).orElseThrow());
            }
        }
        return new EntryMap(entries, temporary);
    }

    static User user(String name, String... groups) {
        return new User(name, Arrays.asList(groups));
    }

    private static void fail(String problem) {
        throw new AssertionError(problem);
    }
}
