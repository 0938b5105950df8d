package gatepost.authentication.token;

import java.time.Instant;
import java.util.Set;

/**
 * A token that was found good.
 *
 * @param user its {@code sub}
 * @param groups all of its {@code groups}, counting or not
 * @param expires its {@code exp}
 * @param keyId the key that signed it
 * @param key the {@link TokenKey#fingerprint} of that key
 * @param algorithm the algorithm of that key
 */
public record Token(
        String user, Set<String> groups, Instant expires, String keyId, String key, SignatureAlgorithm algorithm) {

    public Token {
        groups = Set.copyOf(groups);
    }
}
