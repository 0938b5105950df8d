package gatepost.authentication.identity;

import java.time.Instant;
import java.util.Optional;

/**
 * What a token says of itself.
 *
 * @param id its {@code jti}; nothing without one
 * @param issued its {@code iat}; nothing without one
 */
public record TokenFacts(Optional<String> id, Optional<Instant> issued) {}
