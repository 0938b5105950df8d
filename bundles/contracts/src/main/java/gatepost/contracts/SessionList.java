package gatepost.contracts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The service that knows all sessions and ends single ones: authentication's. Any thread; never blocks. */
public interface SessionList {

    /**
     * A session at one moment.
     *
     * @param id of the broker's connection, as {@code gatepost:session-list} shows it
     * @param user the exact name; Gatepost's own accounts have sessions, too
     * @param since when it signed in
     * @param connector the name of the connector; nothing where that is not known
     * @param address where the client connects from, as a URI; may be empty
     * @param expires when it ends with its token unless that is refreshed; nothing for one that came without a token
     * @param tokenId the {@code jti} of the token in force; nothing without one
     */
    record OpenSession(
            String id,
            String user,
            Instant since,
            Optional<String> connector,
            String address,
            Optional<Instant> expires,
            Optional<String> tokenId) {}

    /** @return all that there are, those that have lasted longest first */
    List<OpenSession> all();

    /** @return those of a user, those that have lasted longest first */
    List<OpenSession> of(String user);

    /** @return the one of that id */
    Optional<OpenSession> session(String id);

    /** @return whose the session of that id is, if it came with a token: there it is put in the place of another one */
    Optional<TokenAccount> account(String id);

    /**
     * Has a session end, of which its client is told by an ERROR frame; does not wait until it has. The client may sign in again.
     *
     * @return whether there was one of that id, not ending already
     */
    boolean end(String id);
}
