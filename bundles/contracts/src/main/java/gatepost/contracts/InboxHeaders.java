package gatepost.contracts;

/** What a SEND says to an inbox, under the names that the message's properties have as well: one bundle reads it, another obeys. */
public final class InboxHeaders {

    /** By which its sender, and whoever gets it, knows the message. */
    public static final String ID = "gatepost-id";

    /** What is sent to the inbox one time and never again. */
    public static final String ONCE = "gatepost-once";

    /** What takes the place of an earlier one. */
    public static final String COLLAPSE = "gatepost-collapse";

    /** What becomes of the message when there is no room for it. */
    public static final String IF_FULL = "gatepost-if-full";

    /** The only value of {@link #IF_FULL}: nothing is kept of the message, and that is no error. */
    public static final String SKIP = "skip";

    /** Whether the inbox keeps the message once it is done. */
    public static final String HISTORY = "gatepost-history";

    /** Set by the inbox: the offset of the message whose place this one has taken. */
    public static final String REPLACES = "gatepost-replaces";

    private InboxHeaders() {}
}
