package gatepost.store.queue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was found otherwise than it should be, and which records can be to blame for it. */
final class Deviations {

    private final Map<Integer, Set<Object>> records;
    private final List<String> found = new ArrayList<>();
    private Set<Object> blamed;

    /** @param records those that have to do with a message, by its number */
    Deviations(Map<Integer, Set<Object>> records) {
        this.records = records;
    }

    void add(String what, int message) {
        found.add(what);
        Set<Object> these = new HashSet<>(records.getOrDefault(message, Set.of()));
        if (blamed != null) {
            these.retainAll(blamed);
        }
        blamed = these;
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** @return whether one record that is damaged explains it all */
    boolean areOfOneRecord() {
        return blamed == null || !blamed.isEmpty();
    }

    @Override
    public String toString() {
        return found.toString();
    }
}
