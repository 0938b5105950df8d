package gatepost.authentication.identity;

import java.time.Instant;
import java.util.Set;

/**
 * Who signed in.
 *
 * @param user the exact name
 * @param groups plain names, {@code _g_:} stripped; may be empty
 * @param source what vouched for the user
 * @param ends when the session must end; {@link Instant#MAX} when it may go on for ever
 * @param credential a fingerprint of the stored password, to tell when it is changed; empty where it comes from no file
 */
public record Identity(String user, Set<String> groups, Source source, Instant ends, String credential) {

    public Identity {
        groups = Set.copyOf(groups);
    }

    /** A session without an end, of a user whom no file describes. */
    public Identity(String user, Set<String> groups, Source source) {
        this(user, groups, source, Instant.MAX, "");
    }
}
