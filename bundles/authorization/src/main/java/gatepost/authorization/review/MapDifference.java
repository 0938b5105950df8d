package gatepost.authorization.review;

import gatepost.authorization.engine.Entry;
import gatepost.authorization.engine.EntryMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What tells one map from another, line by line. */
public final class MapDifference {

    /**
     * One line that differs.
     *
     * @param entry the entry's name, or {@code temporary}
     * @param before how it is written now; empty for a new one
     * @param after how it would be written; empty for one that goes
     */
    public record Change(String entry, String before, String after) {

        /** {@code added}, {@code removed} or {@code changed}. */
        public String kind() {
            return before.isEmpty() ? "added" : after.isEmpty() ? "removed" : "changed";
        }
    }

    private MapDifference() {}

    /** @return the lines that differ, ordered by name, the temporary line last */
    public static List<Change> between(EntryMap before, EntryMap after) {
        Map<String, String> old = lines(before);
        Map<String, String> changed = lines(after);
        List<Change> changes = new ArrayList<>();
        Map<String, String> all = new TreeMap<>(old);
        all.putAll(changed);
        for (String name : all.keySet()) {
            add(changes, name, old.getOrDefault(name, ""), changed.getOrDefault(name, ""));
        }
        add(
                changes,
                EntryMap.TEMPORARY,
                before.temporary().toString(),
                after.temporary().toString());
        return changes;
    }

    private static void add(List<Change> changes, String name, String before, String after) {
        if (!before.equals(after)) {
            changes.add(new Change(name, before, after));
        }
    }

    private static Map<String, String> lines(EntryMap map) {
        Map<String, String> lines = new TreeMap<>();
        for (Entry entry : map.entries()) {
            lines.put(entry.name(), (entry.pattern() + " " + entry.grants()).strip());
        }
        return lines;
    }
}
