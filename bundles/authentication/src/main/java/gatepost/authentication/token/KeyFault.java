package gatepost.authentication.token;

/** A key file that cannot be used; the message says what was expected of it. */
public final class KeyFault extends Exception {

    private static final long serialVersionUID = 1L;

    KeyFault(String message) {
        super(message);
    }

    KeyFault(String message, Throwable cause) {
        super(message, cause);
    }
}
