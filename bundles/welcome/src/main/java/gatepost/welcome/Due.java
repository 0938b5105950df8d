package gatepost.welcome;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A greeting that is due.
 *
 * @param reference tells one occasion from another of its kind: when the user was last seen, or when an operator asked for it
 */
record Due(String user, Occasion occasion, long reference) {

    /** Why somebody is greeted. */
    enum Occasion {
        /** The one that everybody gets. */
        FIRST,
        /** For who comes back after a while. */
        RETURN,
        /** An operator wants it. */
        ASKED
    }

    /**
     * The same for the same greeting of the same installation, so that one that had to be sent again after a crash can be told.
     */
    String messageId(String installation) {
        String all = installation + '\n' + occasion + '\n' + reference + '\n' + user;
        return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
