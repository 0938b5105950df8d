package gatepost.contracts;

import java.util.Set;

/** A service that knows who has a session, and ends those of a user: authorization's. Any thread. */
public interface UserSessions {

    /**
     * Has all sessions of a user end, of which each client is told by an ERROR frame; does not wait until they have. They may sign in again.
     *
     * @return how many there were
     */
    int close(String user);

    /** @return how many there are */
    int count(String user);

    /** @return the names of all who have one, Gatepost's own accounts among them */
    Set<String> users();

    /** @return of these, those who can be told something: they have a session that does more than serve their calls over HTTP */
    Set<String> online();
}
