package gatepost.authorization.engine;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** A name and a set of groups. Immutable. */
public final class User {

    private final String name;
    private final List<String> groups;
    private final boolean placeable;

    /**
     * @param name the exact name, which may be anything at all
     * @param groups the groups, in any order
     */
    public User(String name, Collection<String> groups) {
        this.name = Objects.requireNonNull(name);
        // made for every message, hence no streams
        this.groups = List.copyOf(groups.size() < 2 ? groups : new TreeSet<>(groups));
        this.placeable = isPlaceable(name);
    }

    public String name() {
        return name;
    }

    /** @return the groups in alphabetical order, so that the same question is always answered with the same entry */
    public List<String> groups() {
        return groups;
    }

    /** Whether {@code {user}} may stand for this name: one that could act as a pattern or a separator matches no such entry. */
    boolean placeable() {
        return placeable;
    }

    static boolean isPlaceable(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (isForbidden(name.charAt(i))) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isForbidden(int c) {
        return "*>,?:/".indexOf(c) >= 0
                || Character.isISOControl(c)
                || Character.isWhitespace(c)
                || Character.isSpaceChar(c);
    }

    @Override
    public String toString() {
        return name + groups;
    }
}
