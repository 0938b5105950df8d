package gatepost.contracts;

import java.util.Optional;

/**
 * Where a SUBSCRIBE asks an inbox to begin. Immutable.
 *
 * @param from what it counts from
 * @param number for {@link From#LAST} how many messages, for {@link From#AFTER} the offset; else 0
 * @param epoch in which an offset was given, where the client said so
 */
public record InboxStart(From from, long number, Optional<String> epoch) {

    /** What a subscription counts from. */
    public enum From {
        /** What is not done, and everything that comes. */
        WAITING,
        /** The oldest message of the log. */
        OLDEST,
        /** What comes from now on. */
        NEW,
        /** So many of the log's last messages, and what comes. */
        LAST,
        /** The first message above an offset. */
        AFTER
    }

    /** With nothing said. */
    public static final InboxStart USUAL = new InboxStart(From.WAITING, 0, Optional.empty());
}
