package gatepost.contracts;

/** A service that ends the sessions of a user: authorization's. Any thread. */
public interface UserSessions {

    /**
     * Has all sessions of a user end, of which each client is told by an ERROR frame; does not wait until they have. They may sign in again.
     *
     * @return how many there were
     */
    int close(String user);

    /** @return how many there are */
    int count(String user);
}
