package gatepost.contracts;

import java.time.Instant;
import java.util.Optional;

/**
 * What is not accepted any more although it is not over.
 *
 * @param kind what the name names
 * @param name a user's, or the {@code jti} of a token; case matters
 * @param issuedBefore of {@link Kind#ISSUED_BEFORE} the time, to the millisecond; empty for the others
 */
public record Revocation(Kind kind, String name, Optional<Instant> issuedBefore) {

    /** What can be revoked. */
    public enum Kind {
        /** A user: nobody signs in under that name, with a token or a password, whenever that was issued. */
        USER,
        /** One token, by its {@code jti}. */
        TOKEN,
        /**
         * Everything of a user from before a time: tokens whose {@code iat} is earlier, those without an {@code iat}, and sessions that began
         * with a password before. Signing in again is possible.
         */
        ISSUED_BEFORE
    }

    /** @throws IllegalArgumentException when there is a time without {@link Kind#ISSUED_BEFORE}, or the other way round */
    public Revocation {
        if (issuedBefore.isPresent() != (kind == Kind.ISSUED_BEFORE)) {
            throw new IllegalArgumentException("a revocation of the kind " + kind + " at " + issuedBefore);
        }
    }

    public static Revocation user(String name) {
        return new Revocation(Kind.USER, name, Optional.empty());
    }

    /** @param id the {@code jti} */
    public static Revocation token(String id) {
        return new Revocation(Kind.TOKEN, id, Optional.empty());
    }

    public static Revocation issuedBefore(String user, Instant time) {
        return new Revocation(Kind.ISSUED_BEFORE, user, Optional.of(time));
    }
}
