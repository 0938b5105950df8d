package gatepost.authorization.engine;

import java.util.Objects;

/**
 * One line of the map.
 *
 * @param name what the operator calls it
 * @param pattern the destinations that it speaks of
 * @param grants who may do what with them
 */
public record Entry(String name, DestinationPattern pattern, Grants grants) {

    public Entry {
        Objects.requireNonNull(name);
        Objects.requireNonNull(pattern);
        Objects.requireNonNull(grants);
    }
}
