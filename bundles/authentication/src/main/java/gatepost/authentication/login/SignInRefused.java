package gatepost.authentication.login;

/** A sign-in that is refused: one message for the client, which gives nothing away, and the reason for the operator. */
public final class SignInRefused extends Exception {

    private static final long serialVersionUID = 1L;
    private static final String SAME_FOR_ALL = "sign-in refused: unknown user or wrong passcode";

    /** What is told where nobody can say whether the passcode is right. */
    public static final String NOT_POSSIBLE = "sign-in is not possible at the moment";

    /** What kind of refusal it is, for those who count them. */
    public enum Kind {
        /** Wrong, or not allowed here. */
        REFUSED,
        /** A token whose time is over. */
        EXPIRED,
        /** Right, and revoked. */
        REVOKED,
        /** Not checked, since there were too many failures before. */
        THROTTLED,
        /** Not checked, since whoever knows the users could not be asked. */
        UNAVAILABLE,
        /** Not checked, since too many others are being checked. */
        BUSY
    }

    private final Kind kind;
    private final String reason;

    /**
     * @param message what the client reads, on one line
     * @param reason what the operator reads
     */
    public SignInRefused(Kind kind, String message, String reason) {
        super(message);
        this.kind = kind;
        this.reason = reason;
    }

    /** Refused with the one message that does not say whether the user exists. */
    static SignInRefused because(String reason) {
        return new SignInRefused(Kind.REFUSED, SAME_FOR_ALL, reason);
    }

    public Kind kind() {
        return kind;
    }

    /** Why, for the log only. */
    public String reason() {
        return reason;
    }
}
