package gatepost.broker.queue;

import java.time.Instant;
import java.util.Optional;

/**
 * How a queue is doing.
 *
 * @param name without a scheme
 * @param messages that it holds, those on their way to a reader included
 * @param bytes that those take which are kept in the store, or in memory without one
 * @param unacknowledged messages that a reader has got and not acknowledged
 * @param consumers subscriptions to it
 * @param oldest when the message came that has been here longest, where there is one
 */
public record QueueState(
        String name, long messages, long bytes, long unacknowledged, long consumers, Optional<Instant> oldest) {}
