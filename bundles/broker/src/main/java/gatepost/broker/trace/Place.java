package gatepost.broker.trace;

/**
 * Where a message is at the moment in which somebody asks, as far as can be seen.
 *
 * @param reason why it waits; empty where that cannot be seen
 */
public record Place(Kind kind, String reason) {

    public static final Place UNKNOWN = new Place(Kind.UNKNOWN, "");
    public static final Place GONE = new Place(Kind.GONE, "");
    public static final Place REPEATED = new Place(Kind.REPEATED, "");

    public enum Kind {
        /** It waits in its queue. */
        WAITING,
        /** It was in its queue, and is there no more. */
        GONE,
        /** It never came there: the same had come before. */
        REPEATED,
        UNKNOWN
    }

    public static Place waiting(String reason) {
        return new Place(Kind.WAITING, reason);
    }
}
