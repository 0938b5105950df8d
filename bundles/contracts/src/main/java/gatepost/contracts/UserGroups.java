package gatepost.contracts;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** The service that knows which groups users have before they sign in: authentication's users file. Any thread; never blocks. */
public interface UserGroups {

    /** What is listed at one moment. */
    interface Listed {

        /** @return the names of all users */
        Set<String> users();

        /** @return the groups of a user; nothing for one who is not listed, and may come with a token all the same */
        Optional<Collection<String>> groupsOf(String user);
    }

    /** @return the groups of a user as they are listed now */
    default Optional<Collection<String>> groupsOf(String user) {
        return listed().groupsOf(user);
    }

    /** @return what is listed now; nothing is copied for it */
    Listed listed();
}
