package gatepost.welcome;

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
}
