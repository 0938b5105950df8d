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
 * @param maxLifetime how far ahead {@code exp} may be, more than zero
 */
public record TokenRules(
        Set<String> groups,
        Set<String> issuers,
        Set<String> audiences,
        Duration skew,
        int maxSize,
        Duration maxLifetime) {

    /** What nobody reaches. */
    private static final Duration UNBOUNDED = Duration.ofDays(36_500);

    public TokenRules {
        groups = Set.copyOf(groups);
        issuers = Set.copyOf(issuers);
        audiences = Set.copyOf(audiences);
    }

    /** Rules under which a token may last for as long as it says. */
    public TokenRules(Set<String> groups, Set<String> issuers, Set<String> audiences, Duration skew, int maxSize) {
        this(groups, issuers, audiences, skew, maxSize, UNBOUNDED);
    }
}
