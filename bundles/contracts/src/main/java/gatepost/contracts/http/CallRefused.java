package gatepost.contracts.http;

import java.util.Optional;

/** A call, or a message of one, is not served. The client is told the message word for word. */
public final class CallRefused extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why, of which HTTP has a status for each. */
    public enum Reason {
        /** The request cannot be understood. */
        MALFORMED(400),
        /** Nobody has proved who they are. */
        NOT_SIGNED_IN(401),
        DENIED(403),
        NOT_FOUND(404),
        METHOD(405),
        /** It contradicts what is there. */
        CONFLICT(409),
        TOO_LARGE(413),
        MEDIA_TYPE(415),
        /** It is understood, and something in it cannot be used. */
        UNUSABLE(422),
        /** Whoever calls has come up against a limit of theirs. */
        LIMIT(429),
        FAILED(500),
        /** It may be tried again later. */
        UNAVAILABLE(503);

        private final int status;

        Reason(int status) {
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    private final Reason reason;
    private final String field;

    /** @param message fit for the client, on one line */
    public CallRefused(Reason reason, String message) {
        this(reason, message, null);
    }

    /** @param field the place in the request that it speaks of, such as {@code messages[3].ttl}; {@code null} for none */
    public CallRefused(Reason reason, String message, String field) {
        super(message, null, false, false);
        this.reason = reason;
        this.field = field;
    }

    public Reason reason() {
        return reason;
    }

    public Optional<String> field() {
        return Optional.ofNullable(field);
    }
}
