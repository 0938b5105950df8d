package gatepost.itests.fuzz;

import gatepost.authorization.engine.Decision;
import gatepost.authorization.engine.Destination;
import gatepost.authorization.engine.Entry;
import gatepost.authorization.engine.EntryMap;
import gatepost.authorization.engine.EntrySyntax;
import gatepost.authorization.engine.Grants;
import gatepost.authorization.engine.Operation;
import gatepost.authorization.engine.User;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The first line is a name, the second a user, all others are entries. An entry is understood or something is said against it; who may
 * nothing by each entry alone may nothing by all of them together; and nobody may send to a wildcard.
 */
public final class MapTarget {

    /** Each is asked by itself as well: more would take their time here, and not in the engine. */
    private static final int MOST_LINES = 40;

    private MapTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String[] lines = new String(input, StandardCharsets.UTF_8).split("\n", -1);
        String name = lines[0];
        User user = new User(lines.length > 1 ? lines[1] : "alice", Set.of("users"));
        List<Entry> entries = new ArrayList<>();
        for (int i = 2; i < Math.min(lines.length, MOST_LINES); i++) {
            List<String> problems = new ArrayList<>();
            EntrySyntax.entry("e" + i, lines[i], problems::add).ifPresentOrElse(entries::add, () -> {
                if (problems.isEmpty()) {
                    throw new AssertionError("an entry was refused without a word");
                }
            });
        }
        EntryMap map = new EntryMap(entries, Grants.NOBODY);
        for (Operation operation : Operation.values()) {
            for (Destination destination : List.of(Destination.queue(name), Destination.topic(name))) {
                boolean allowed = allowed(map, user, operation, destination);
                boolean byOne = entries.stream()
                        .anyMatch(entry ->
                                allowed(new EntryMap(List.of(entry), Grants.NOBODY), user, operation, destination));
                if (allowed != byOne) {
                    throw new AssertionError("all entries say " + allowed + ", and one by one " + byOne);
                }
                if (allowed && operation == Operation.WRITE && (name.contains("*") || name.endsWith(">"))) {
                    throw new AssertionError("sending to a wildcard is allowed");
                }
            }
        }
    }

    private static boolean allowed(EntryMap map, User user, Operation operation, Destination destination) {
        Decision decision = map.decide(user, operation, destination);
        return decision.allowed();
    }
}
