package gatepost.broker.trace;

/**
 * Something that happened to a message, or to several in a row. Messages are named, not referred to: an id of the broker's may
 * hold on to the whole message.
 *
 * @param at milliseconds since 1970
 * @param message the last one that it happened to
 * @param first the first one, for an acknowledgement of several; else the same
 * @param who the sender or the reader
 * @param why it was refused, for people; empty for nothing
 */
record TraceEvent(long at, Kind kind, String message, String first, Object who, String why) {

    enum Kind {
        ACCEPTED,
        /** Accepted by an audience, which has put it here. */
        SPREAD,
        STORED,
        SENT,
        ACKNOWLEDGED,
        REJECTED,
        /** Acknowledged, but by a request of its user's, and not in the subscription that it was sent to. */
        DONE,
        /** An operator has made it done. */
        SETTLED,
        WITHDRAWN,
        EXPIRED,
        DROPPED,
        DENIED,
        REFUSED
    }
}
