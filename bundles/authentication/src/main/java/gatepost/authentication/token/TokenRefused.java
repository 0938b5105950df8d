package gatepost.authentication.token;

/** A token that is not accepted; the message says why, for the operator. */
public final class TokenRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean expired;

    public TokenRefused(String message) {
        this(message, false);
    }

    TokenRefused(String message, boolean expired) {
        super(message);
        this.expired = expired;
    }

    /** Whether it was good once, so that a client may be told to get a new one. */
    public boolean expired() {
        return expired;
    }
}
