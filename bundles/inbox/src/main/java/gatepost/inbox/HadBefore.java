package gatepost.inbox;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which of the messages that wait an ended subscription of an account had got and not acknowledged. Any thread. */
final class HadBefore {

    /** Made with the first of them. */
    private volatile Map<String, Set<Long>> byAccount = Map.of();

    void note(String account, long place) {
        if (byAccount.isEmpty()) {
            make();
        }
        byAccount.computeIfAbsent(account, any -> ConcurrentHashMap.newKeySet()).add(place);
    }

    private synchronized void make() {
        if (!(byAccount instanceof ConcurrentHashMap)) {
            byAccount = new ConcurrentHashMap<>(1);
        }
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
