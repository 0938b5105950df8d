package gatepost.authorization.engine;

import java.util.Locale;
import java.util.Optional;

/** What a user may want to do with a destination. */
public enum Operation {
    /** Subscribe or browse. */
    READ,
    /** Send. */
    WRITE,
    /** Create or remove the destination, also by being the first to use it. */
    ADMIN;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** As it is written in the map: {@code read}, {@code write} or {@code admin}. */
    public String word() {
        return word;
    }

    /** @return the operation that the map writes like this; empty where there is none, capital letters included */
    public static Optional<Operation> of(String word) {
        for (Operation operation : values()) {
            if (operation.word().equals(word)) {
                return Optional.of(operation);
            }
        }
        return Optional.empty();
    }
}
