package gatepost.authentication.login;

/** A sign-in that is refused: one message for the client, which gives nothing away, and the reason for the operator. */
public final class SignInRefused extends Exception {

    private static final long serialVersionUID = 1L;
    private static final String SAME_FOR_ALL = "sign-in refused: unknown user or wrong passcode";

    private final String reason;

    /**
     * @param message what the client reads, on one line
     * @param reason what the operator reads
     */
    public SignInRefused(String message, String reason) {
        super(message);
        this.reason = reason;
    }

    /** Refused with the one message that does not say whether the user exists. */
    static SignInRefused because(String reason) {
        return new SignInRefused(SAME_FOR_ALL, reason);
    }

    /** Why, for the log only. */
    public String reason() {
        return reason;
    }
}
