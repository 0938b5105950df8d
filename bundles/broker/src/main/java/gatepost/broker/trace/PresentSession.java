package gatepost.broker.trace;

import java.time.Instant;
import java.util.Optional;

/**
 * A session at the moment in which somebody asks.
 *
 * @param id as {@code gatepost:session-list} names it
 * @param address where its client connects from, as a URI; may be empty
 * @param own whether it is the user's of whose messages is told
 * @param since when it signed in, where that is known
 * @param reading whether it is subscribed to the queue of which is told
 * @param full whether it takes no more until it has acknowledged something
 */
public record PresentSession(
        String id, String address, boolean own, Optional<Instant> since, boolean reading, boolean full) {}
