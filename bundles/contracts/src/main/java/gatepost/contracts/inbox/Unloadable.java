package gatepost.contracts.inbox;

import org.apache.activemq.broker.region.Destination;

/** A destination of which only what is stored may stay, until somebody asks for it again. Any thread. */
public interface Unloadable extends Destination {

    /** @return whether it is, or is being, unloaded rather than removed: what is stored stays */
    boolean isUnloaded();

    /** It was not unloaded after all. */
    void stayLoaded();

    /** Closes it to be unloaded, although it may hold what is not stored. @return whether nobody reads it, so that it can be */
    boolean close();
}
