package gatepost.events.feed;

/**
 * An event that is pending, for operators.
 *
 * @param at when it happened, milliseconds since 1970
 * @param tries how often it was not taken
 * @param failure why the last time; empty when it was not tried
 */
public record PendingEvent(String id, String type, String user, long at, int tries, String failure) {}
