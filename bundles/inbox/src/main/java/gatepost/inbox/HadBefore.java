package gatepost.inbox;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which of the messages that wait an ended subscription of an account had got and not acknowledged. Any thread. */
final class HadBefore {

    private final Map<String, Set<Long>> byAccount = new ConcurrentHashMap<>(1);

    void note(String account, long place) {
        byAccount.computeIfAbsent(account, any -> ConcurrentHashMap.newKeySet()).add(place);
    }

    boolean had(String account, long place) {
        return !byAccount.isEmpty() && byAccount.getOrDefault(account, Set.of()).contains(place);
    }

    /** The message does not wait any more. */
    void forget(long place) {
        byAccount.forEach((account, places) -> {
            if (places.remove(place)) {
                byAccount.computeIfPresent(account, (same, left) -> left.isEmpty() ? null : left);
            }
        });
    }
}
