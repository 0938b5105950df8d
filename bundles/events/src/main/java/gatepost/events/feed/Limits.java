package gatepost.events.feed;

import java.time.Duration;

/**
 * How much is kept for a subscriber.
 *
 * @param age what is older is lost
 * @param max what is more is lost, the oldest first
 */
public record Limits(Duration age, int max) {}
