package gatepost.authentication.identity;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Who signed in.
 *
 * @param user the exact name
 * @param groups plain names, {@code _g_:} stripped; may be empty
 * @param source what vouched for the user
 * @param ends when the session must end; {@link Instant#MAX} when it may go on for ever
 * @param credential a fingerprint of what has to stay as it is for the session to go on: the stored password of the users file, or
 *     the key that signed the token; empty where there is no such thing
 * @param token what the token says of itself; nothing unless the source is {@link Source#TOKEN}
 */
public record Identity(
        String user, Set<String> groups, Source source, Instant ends, String credential, Optional<TokenFacts> token) {

    public Identity {
        groups = Set.copyOf(groups);
    }

    /** Somebody who came without a token of the application. */
    public Identity(String user, Set<String> groups, Source source, Instant ends, String credential) {
        this(user, groups, source, ends, credential, Optional.empty());
    }

    /** A session without an end, of a user whom no file describes. */
    public Identity(String user, Set<String> groups, Source source) {
        this(user, groups, source, Instant.MAX, "");
    }
}
