package gatepost.authorization.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds entries that make one destination that of two users. The name of a user may have dots and then takes up several segments:
 * with {@code user.{user}} and {@code user.{user}.private} the queue {@code user.bob.private} is that of {@code bob}, by the second
 * entry, and of {@code bob.private}, by the first; so whoever may choose such a name reads what is bob's. The same happens before
 * {@code {user}}: with {@code in.{user}} and {@code in.app.{user}} somebody called {@code app.bob} is in what is of {@code bob}.
 *
 * <p>One entry alone never does so: how many segments stand before and behind tells which ones are the name. Of two it is looked at
 * whether what they have before the name agrees as far as both go, and what they have behind it as well: whatever the longer one
 * has more may be a part of a name. (Where {@code {user}} stands several times in a pattern, that may find too much.)
 */
public final class SharedNames {

    /**
     * Two entries that make a destination that of two users.
     *
     * @param entry the entry to report
     * @param reason what is wrong with it, for the operator
     */
    public record Collision(Entry entry, String reason) {}

    private static final String SOMEBODY = "bob";

    private SharedNames() {}

    /** @return all pairs of entries that do so, each once, under the entry with the longer pattern */
    public static List<Collision> among(List<Entry> entries) {
        List<Personal> personal =
                entries.stream().flatMap(entry -> Personal.of(entry).stream()).toList();
        List<Collision> collisions = new ArrayList<>();
        for (int i = 0; i < personal.size(); i++) {
            for (int j = i + 1; j < personal.size(); j++) {
                collision(personal.get(i), personal.get(j), entries).ifPresent(collisions::add);
            }
        }
        return collisions;
    }

    private static Optional<Collision> collision(Personal first, Personal second, List<Entry> entries) {
        Personal longer = second.size() >= first.size() ? second : first;
        Personal shorter = longer == second ? first : second;
        boolean collide = longer.domain() == shorter.domain()
                && !longer.isAlike(shorter)
                && longer.agreesBefore(shorter)
                && longer.agreesBehind(shorter)
                && longer.namesItsUsers(shorter)
                && shorter.namesItsUsers(longer);
        return collide && matters(longer.entry(), shorter.entry(), entries)
                ? Optional.of(new Collision(longer.entry(), reason(longer, shorter)))
                : Optional.empty();
    }

    /** Whether one of the two lets in somebody who may not do the same everywhere by an entry that knows no user. */
    private static boolean matters(Entry first, Entry second, List<Entry> entries) {
        return allowsAnybody(first)
                && allowsAnybody(second)
                && (addsToOthers(first, entries) || addsToOthers(second, entries));
    }

    private static boolean allowsAnybody(Entry entry) {
        for (Operation operation : Operation.values()) {
            if (!entry.grants().groups(operation).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static boolean addsToOthers(Entry entry, List<Entry> entries) {
        for (Operation operation : Operation.values()) {
            for (String group : entry.grants().groups(operation)) {
                boolean anyway = entries.stream()
                        .anyMatch(wide -> wide.grants().groups(operation).contains(group)
                                && coversAllUsers(wide.pattern(), entry.pattern()));
                if (!anyway) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the first pattern holds all that the second stands for, whoever asks. */
    private static boolean coversAllUsers(DestinationPattern wide, DestinationPattern personal) {
        List<String> segments = wide.segments();
        int before = segments.size() - 1;
        int user = personal.segments().indexOf(DestinationPattern.USER);
        return wide.domain() == personal.domain()
                && segments.get(before).equals(DestinationPattern.REST)
                && before <= user
                && agree(segments.subList(0, before), personal.segments().subList(0, before), true);
    }

    private static boolean agree(List<String> wide, List<String> narrow, boolean oneWay) {
        for (int i = 0; i < wide.size(); i++) {
            String a = wide.get(i);
            String b = narrow.get(i);
            if (!a.equals(b) && !a.equals(DestinationPattern.ANY) && (oneWay || !b.equals(DestinationPattern.ANY))) {
                return false;
            }
        }
        return true;
    }

    private static String reason(Personal longer, Personal shorter) {
        List<String> name = new ArrayList<>(longer.longerBefore(shorter));
        name.add(SOMEBODY);
        name.addAll(longer.longerBehind(shorter));
        return "a user's name may have dots: with entry." + shorter.entry().name() + " = "
                + shorter.entry().pattern()
                + " it makes " + shorter.domain().prefix() + String.join(".", name) + " that of the users "
                + longer.user(name)
                + " and " + shorter.user(name) + " alike; let the two begin with different segments";
    }

    /**
     * An entry with {@code {user}} in its pattern, which is taken apart.
     *
     * @param before the segments before the first
     * @param behind those behind the last, all plain
     * @param users the places of all
     * @param size the number of segments
     */
    private record Personal(Entry entry, List<String> before, List<String> behind, List<Integer> users, int size) {

        static Optional<Personal> of(Entry entry) {
            List<String> segments = entry.pattern().segments();
            List<Integer> users = new ArrayList<>();
            for (int i = 0; i < segments.size(); i++) {
                if (segments.get(i).equals(DestinationPattern.USER)) {
                    users.add(i);
                }
            }
            return users.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Personal(
                            entry,
                            segments.subList(0, users.get(0)),
                            segments.subList(users.get(users.size() - 1) + 1, segments.size()),
                            users,
                            segments.size()));
        }

        Domain domain() {
            return entry.pattern().domain();
        }

        /** Whether the same segments of a destination are the name by both. */
        boolean isAlike(Personal other) {
            return size == other.size && users.equals(other.users);
        }

        boolean agreesBefore(Personal other) {
            int both = Math.min(before.size(), other.before.size());
            return agree(before.subList(0, both), other.before.subList(0, both), false);
        }

        boolean agreesBehind(Personal other) {
            int both = Math.min(behind.size(), other.behind.size());
            return last(both).equals(other.last(both));
        }

        /** Whether what the other has more of, before or behind, may be a part of a name. */
        boolean namesItsUsers(Personal other) {
            List<String> parts = new ArrayList<>(
                    other.before.subList(Math.min(before.size(), other.before.size()), other.before.size()));
            parts.addAll(other.behind.subList(0, Math.max(0, other.behind.size() - behind.size())));
            return parts.stream()
                    .allMatch(part -> part.isEmpty() || part.equals(DestinationPattern.ANY) || User.isPlaceable(part));
        }

        List<String> longerBefore(Personal other) {
            List<String> longer = before.size() >= other.before.size() ? before : other.before;
            return longer.stream()
                    .map(segment -> segment.equals(DestinationPattern.ANY) ? "any" : segment)
                    .toList();
        }

        List<String> longerBehind(Personal other) {
            return behind.size() >= other.behind.size() ? behind : other.behind;
        }

        /** @return who this destination is of by this pattern */
        String user(List<String> destination) {
            return String.join(".", destination.subList(before.size(), destination.size() - behind.size()));
        }

        private List<String> last(int count) {
            return behind.subList(behind.size() - count, behind.size());
        }
    }
}
