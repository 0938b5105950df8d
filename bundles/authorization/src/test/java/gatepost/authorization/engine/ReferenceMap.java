package gatepost.authorization.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * The rules of the entry map written down as plainly as possible, entry by entry and with no regard for cost. It shares no
 * code with the compiled map: patterns are matched segment by segment, and containment is tried out on names that no entry
 * can know.
 */
final class ReferenceMap {

    private final List<Entry> entries;

    ReferenceMap(List<Entry> entries) {
        this.entries = entries;
    }

    boolean allows(User user, Operation operation, Destination destination) {
        return entries.stream().anyMatch(entry -> allows(entry, user, operation, destination));
    }

    boolean allows(String entryName, User user, Operation operation, Destination destination) {
        return entries.stream()
                .filter(entry -> entry.name().equals(entryName))
                .anyMatch(entry -> allows(entry, user, operation, destination));
    }

    private static boolean allows(Entry entry, User user, Operation operation, Destination destination) {
        List<String> asked = List.of(destination.name().split("\\.", -1));
        boolean wildcard =
                destination.name().contains("*") || destination.name().contains(">");
        if (destination.name().isEmpty()
                || destination.name().contains(",")
                || destination.name().contains("?")
                || wildcard && (operation == Operation.WRITE || !wellFormed(asked))) {
            return false;
        }
        boolean inGroup = entry.grants().groups(operation).contains("*")
                || user.groups().stream().anyMatch(entry.grants().groups(operation)::contains);
        if (!inGroup || entry.pattern().domain() != destination.domain()) {
            return false;
        }
        List<String> pattern = new ArrayList<>();
        for (String segment : entry.pattern().segments()) {
            if (!segment.equals("{user}")) {
                pattern.add(segment);
            } else if (user.name().matches("[^*>,?:/\\s\\p{Cntrl}\\p{Z}]+")) {
                pattern.addAll(List.of(user.name().split("\\.", -1)));
            } else {
                return false;
            }
        }
        return instances(asked).stream().allMatch(name -> matches(pattern, name));
    }

    private static boolean wellFormed(List<String> segments) {
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            boolean plain = !segment.contains("*") && !segment.contains(">");
            boolean lastRest = segment.equals(">") && i == segments.size() - 1;
            if (!plain && !segment.equals("*") && !lastRest) {
                return false;
            }
        }
        return true;
    }

    /** Names that a subscription to these segments would get messages from, with segments that no entry mentions. */
    private static List<List<String>> instances(List<String> asked) {
        List<List<String>> instances = new ArrayList<>();
        for (int further : new int[] {0, 1, 12}) {
            List<String> name = new ArrayList<>();
            for (String segment : asked) {
                if (segment.equals("*")) {
                    name.add("unheard-of");
                } else if (segment.equals(">")) {
                    for (int i = 0; i < further; i++) {
                        name.add("unheard-of");
                    }
                } else {
                    name.add(segment);
                }
            }
            instances.add(name);
        }
        return instances;
    }

    private static boolean matches(List<String> pattern, List<String> name) {
        if (pattern.isEmpty()) {
            return name.isEmpty();
        }
        if (pattern.get(0).equals(">")) {
            return true;
        }
        return !name.isEmpty()
                && (pattern.get(0).equals("*") || pattern.get(0).equals(name.get(0)))
                && matches(pattern.subList(1, pattern.size()), name.subList(1, name.size()));
    }
}
