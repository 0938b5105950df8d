package gatepost.authorization.engine;

import java.util.Objects;

/** Holds the map in force. Decisions see a change at once and as a whole; closed until the first map arrives. */
public final class Gate {

    private volatile EntryMap inForce = EntryMap.CLOSED;

    /** The map in force. */
    public EntryMap map() {
        return inForce;
    }

    /** From now on this map decides. */
    public void put(EntryMap map) {
        inForce = Objects.requireNonNull(map);
    }

    /** Asks the map in force. */
    public Decision decide(User user, Operation operation, Destination destination) {
        return inForce.decide(user, operation, destination);
    }
}
