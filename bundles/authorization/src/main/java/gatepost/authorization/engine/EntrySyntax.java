package gatepost.authorization.engine;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How an entry is written: {@code queue://user.{user}  read=users  admin=users}. All that is wrong with a line is reported,
 * not only the first thing.
 */
public final class EntrySyntax {

    /** What Karaf writes before a group's name to tell it from a role's. */
    private static final String GROUP_PREFIX = "_g_:";

    private EntrySyntax() {}

    /**
     * @param name the entry's name
     * @param text a destination, then {@code operation=group,group} for each operation that is allowed to anybody
     * @param problems takes what was expected instead, once for each thing that is wrong
     * @return the entry; empty where there was a problem
     */
    public static Optional<Entry> entry(String name, String text, Consumer<String> problems) {
        List<String> words = words(text);
        if (words.isEmpty() || words.get(0).contains("=") && !words.get(0).contains("://")) {
            problems.accept("expected a destination first, such as queue://app.inbox");
            return Optional.empty();
        }
        Optional<DestinationPattern> pattern = Optional.empty();
        try {
            pattern = Optional.of(DestinationPattern.parse(words.get(0)));
        } catch (IllegalArgumentException e) {
            problems.accept(e.getMessage());
        }
        Optional<Grants> grants = grants(words.subList(1, words.size()), problems);
        return pattern.isPresent() && grants.isPresent()
                ? Optional.of(new Entry(name, pattern.get(), grants.get()))
                : Optional.empty();
    }

    /**
     * @param text {@code operation=group,group} for each operation that is allowed to anybody
     * @param problems takes what was expected instead, once for each thing that is wrong
     * @return who may do what; empty where there was a problem
     */
    public static Optional<Grants> grants(String text, Consumer<String> problems) {
        return grants(words(text), problems);
    }

    private static Optional<Grants> grants(List<String> words, Consumer<String> problems) {
        Map<Operation, Set<String>> groups = new EnumMap<>(Operation.class);
        boolean[] failed = {false};
        Consumer<String> failing = reason -> {
            failed[0] = true;
            problems.accept(reason);
        };
        for (String word : words) {
            int equals = word.indexOf('=');
            Optional<Operation> operation = equals < 0 ? Optional.empty() : Operation.of(word.substring(0, equals));
            if (operation.isEmpty()) {
                failing.accept(
                        "expected read=, write= or admin= with groups separated by commas and no blanks, not " + word);
            } else if (groups.containsKey(operation.get())) {
                failing.accept(operation.get().word() + "= is there twice");
            } else {
                groups.put(operation.get(), groups(word.substring(equals + 1), failing));
            }
        }
        return failed[0]
                ? Optional.empty()
                : Optional.of(new Grants(
                        groups.getOrDefault(Operation.READ, Set.of()),
                        groups.getOrDefault(Operation.WRITE, Set.of()),
                        groups.getOrDefault(Operation.ADMIN, Set.of())));
    }

    private static Set<String> groups(String list, Consumer<String> problems) {
        Set<String> groups = new LinkedHashSet<>();
        if (list.isEmpty()) {
            return groups;
        }
        for (String element : list.split(",", -1)) {
            String group = element.startsWith(GROUP_PREFIX) ? element.substring(GROUP_PREFIX.length()) : element;
            if (group.isEmpty()) {
                problems.accept("expected a group's name before and after each comma in " + list);
            } else if (!group.equals(Grants.ANYONE) && group.chars().anyMatch(c -> "*>{}=\"'[]()".indexOf(c) >= 0)) {
                problems.accept("the group " + group + " is neither a plain name nor * for every authenticated user");
            } else {
                groups.add(group);
            }
        }
        return groups;
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }
}
