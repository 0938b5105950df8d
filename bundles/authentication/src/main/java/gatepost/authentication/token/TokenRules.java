package gatepost.authentication.token;

import java.time.Duration;
import java.util.Set;

/**
 * What a token must say besides being signed.
 *
 * @param groups the groups that a token can put its user into; others in it are passed over
 * @param issuers the {@code iss} that are accepted; empty when any is
 * @param audiences one of these must be among the token's {@code aud}; empty when it does not matter
 * @param skew by how much the clock of whoever made the token may differ from ours; from zero
 * @param maxSize the longest token in characters
 */
public record TokenRules(Set<String> groups, Set<String> issuers, Set<String> audiences, Duration skew, int maxSize) {

    public TokenRules {
        groups = Set.copyOf(groups);
        issuers = Set.copyOf(issuers);
        audiences = Set.copyOf(audiences);
    }
}
