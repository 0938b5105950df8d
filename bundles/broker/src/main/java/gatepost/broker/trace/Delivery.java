package gatepost.broker.trace;

import java.time.Instant;
import java.util.Optional;

/**
 * What became of a message in one subscription.
 *
 * @param sent when it was given to the subscription's connection, the last time
 * @param times how often it was
 * @param outcome acknowledged or rejected there
 * @param at when that was
 */
public record Delivery(Reader reader, Instant sent, int times, Optional<String> outcome, Optional<Instant> at) {}
