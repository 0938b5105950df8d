package gatepost.authentication.login;

import java.time.Instant;
import java.util.Set;

/**
 * Who signed in.
 *
 * @param user the exact name
 * @param groups plain names, {@code _g_:} stripped; may be empty
 * @param source what vouched for the user
 * @param ends when the session must end; {@link Instant#MAX} when it may go on for ever
 */
public record Identity(String user, Set<String> groups, Source source, Instant ends) {

    public Identity {
        groups = Set.copyOf(groups);
    }

    /** A session without an end. */
    public Identity(String user, Set<String> groups, Source source) {
        this(user, groups, source, Instant.MAX);
    }
}
