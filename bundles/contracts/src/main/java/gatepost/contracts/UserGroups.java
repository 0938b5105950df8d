package gatepost.contracts;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** The service that knows which groups users have before they sign in: authentication's users file. Any thread; never blocks. */
public interface UserGroups {

    /** @return the groups of a user; nothing for one who is not listed, and may come with a token all the same */
    Optional<Collection<String>> groupsOf(String user);

    /** @return the groups of all users that are listed, by their names; of this moment */
    Map<String, Collection<String>> listed();
}
