package gatepost.contracts;

/** The service that forgets users: the inbox's. Any thread but an event loop. */
@FunctionalInterface
public interface UserErasure {

    /**
     * Ends a user's sessions, forgets their inboxes, and takes them out of audiences, for good; returns when that is on the disk. A user of
     * whom nothing was known is no error.
     *
     * @throws IllegalArgumentException for a name that no user with an inbox can have
     * @throws Exception when the broker is not there
     */
    void eraseUser(String user) throws Exception;
}
