package gatepost.broker.trace;

/**
 * Something that happened to a message, or to several in a row. Messages are named, not referred to: an id of the broker's may
 * hold on to the whole message.
 *
 * @param at milliseconds since 1970
 * @param message the last one that it happened to
 * @param first the first one, for an acknowledgement of several; else the same
 * @param who the sender or the reader
 */
record TraceEvent(long at, Kind kind, String message, String first, Object who) {

    enum Kind {
        ACCEPTED,
        STORED,
        SENT,
        ACKNOWLEDGED,
        REJECTED,
        EXPIRED,
        DROPPED,
        DENIED,
        REFUSED
    }
}
