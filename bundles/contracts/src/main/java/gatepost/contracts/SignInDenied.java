package gatepost.contracts;

/** Somebody is not let in. The message is for the client, and says no more than it may know. */
public final class SignInDenied extends SecurityException {

    private static final long serialVersionUID = 1L;

    /** What the client may make of it. */
    public enum Why {
        /** It has not proved who it is, or may not come from where it does. */
        NO_PROOF,
        /** Too many attempts failed before. */
        TOO_MANY_FAILURES,
        /** Nobody could look at the moment. */
        NOT_POSSIBLE
    }

    private final Why why;

    public SignInDenied(Why why, String message) {
        super(message);
        this.why = why;
    }

    public Why why() {
        return why;
    }
}
