package gatepost.authorization.engine;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** What the entries of one and the same pattern offer, by group: asking costs one look-up for each group of the user. */
final class Offers {

    private final Map<Operation, Map<String, Decision>> byGroup = new EnumMap<>(Operation.class);

    void add(Entry entry) {
        Decision allowed = Decision.allowedBy(entry.name());
        for (Operation operation : Operation.values()) {
            for (String group : entry.grants().groups(operation)) {
                byGroup.computeIfAbsent(operation, any -> new HashMap<>()).putIfAbsent(group, allowed);
            }
        }
    }

    /** @return the entry that allows it, or {@code null} */
    Decision decide(User user, Operation operation) {
        Map<String, Decision> groups = byGroup.get(operation);
        if (groups == null) {
            return null;
        }
        Decision allowed = groups.get(Grants.ANYONE);
        for (int i = 0; allowed == null && i < user.groups().size(); i++) {
            allowed = groups.get(user.groups().get(i));
        }
        return allowed;
    }
}
