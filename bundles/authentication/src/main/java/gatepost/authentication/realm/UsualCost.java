package gatepost.authentication.realm;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * What it costs to check most of the hashed passwords of a database, which cannot be asked for all: that of the greatest number among
 * those that were looked at last. Until one was looked at it is that of a hash which Gatepost makes itself. Any thread.
 */
final class UsualCost {

    private static final int REMEMBERED = 64;

    private final int[] last = new int[REMEMBERED];
    private int count;

    /** A stored password was looked at; 0 for one that is not hashed. */
    synchronized void saw(int rounds) {
        last[count % REMEMBERED] = rounds;
        // no overflow: only whether it is full counts from then on
        count = count + 1 < 2 * REMEMBERED ? count + 1 : REMEMBERED;
    }

    /** @return rounds; 0 where none is hashed */
    synchronized int rounds() {
        if (count == 0) {
            return PasswordHash.ITERATIONS;
        }
        Map<Integer, Integer> times = new TreeMap<>();
        Arrays.stream(last, 0, Math.min(count, REMEMBERED))
                .filter(rounds -> rounds > 0)
                .forEach(rounds -> times.merge(rounds, 1, Integer::sum));
        return times.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(0);
    }
}
