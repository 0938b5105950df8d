package gatepost.authorization.engine;

import java.util.Objects;

/**
 * An answer, for the operator's eyes: a client is told neither entry nor reason.
 *
 * @param allowed whether the user may
 * @param entry the name of the entry that allowed it; empty where none did
 * @param reason why not; empty where it was allowed
 */
public record Decision(boolean allowed, String entry, String reason) {

    static final Decision NO_ENTRY = denied("no entry allows it");
    static final Decision NO_COVERING_ENTRY = denied("no single entry allows everything that the wildcard could match");
    static final Decision SEND_TO_WILDCARD = denied("a send to a wildcard is refused");
    static final Decision MALFORMED = denied("not the name of one destination");

    public Decision {
        Objects.requireNonNull(entry);
        Objects.requireNonNull(reason);
    }

    /** Allowed by the entry of this name. */
    public static Decision allowedBy(String entry) {
        return new Decision(true, entry, "");
    }

    /** Denied for this reason. */
    public static Decision denied(String reason) {
        return new Decision(false, "", reason);
    }
}
