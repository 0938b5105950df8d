package gatepost.authentication.api;

import java.util.Map;
import java.util.Set;

/**
 * Wants to know who the users are. Register it as a service: it is told at once what the users file holds and who is signed in,
 * and from then on what changes. Calls come one after the other, on a thread that others wait for: they must return at once. One
 * may still come a moment after the service is gone.
 *
 * <p>Names are such as a user can sign in with, and so fit for destinations: Gatepost's own accounts, {@code anonymous} and names
 * that are refused are left out, as are groups of Gatepost's own accounts.
 */
public interface UserListener {

    /**
     * What the users file holds now.
     *
     * @param users the groups of each user; immutable
     */
    void listed(Map<String, Set<String>> users);

    /**
     * A user has signed in, in whatever way; once for each session. Of a session that only serves calls over HTTP nothing is told: its user
     * is not there, and nothing could come to them.
     *
     * @param groups at the time of signing in; immutable
     */
    void signedIn(String user, Set<String> groups);

    /** A session of a user has ended. */
    void signedOut(String user);
}
