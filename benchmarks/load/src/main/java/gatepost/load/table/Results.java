package gatepost.load.table;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What all runs have measured. */
record Results(List<Result> all) {

    /** @return how many users there were, each number once */
    List<Integer> users() {
        return all.stream().map(Result::users).distinct().sorted().toList();
    }

    /** @return who was loaded with so many users, in the order of their first runs */
    List<String> brokers(int users) {
        return all.stream()
                .filter(result -> result.users() == users)
                .map(Result::broker)
                .distinct()
                .toList();
    }

    /** @return a figure by repetition; of a repetition that was made again, the last one counts */
    SortedMap<Integer, Double> values(String broker, int users, String phase, String figure) {
        SortedMap<Integer, Double> values = new TreeMap<>();
        all.stream()
                .filter(result -> result.broker().equals(broker)
                        && result.users() == users
                        && result.phase().equals(phase)
                        && result.figure().equals(figure))
                .forEach(result -> values.put(result.repetition(), result.value()));
        return values;
    }
}
