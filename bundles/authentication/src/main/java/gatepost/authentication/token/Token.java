package gatepost.authentication.token;

import gatepost.authentication.identity.TokenFacts;
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
 * @param facts its {@code jti} and {@code iat}
 */
public record Token(
        String user,
        Set<String> groups,
        Instant expires,
        String keyId,
        String key,
        SignatureAlgorithm algorithm,
        TokenFacts facts) {

    public Token {
        groups = Set.copyOf(groups);
    }
}
