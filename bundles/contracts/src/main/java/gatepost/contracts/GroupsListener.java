package gatepost.contracts;

import java.util.Set;

/**
 * Wants to know which groups the entry map gives something to: a service, which authorization tells at once and after each change of
 * the map. A group that no entry names opens nothing, and whoever lists users can say so.
 */
public interface GroupsListener {

    /**
     * May be called by any thread; has to return soon.
     *
     * @param groups all groups that the map in force names; none while there is no map
     */
    void named(Set<String> groups);
}
