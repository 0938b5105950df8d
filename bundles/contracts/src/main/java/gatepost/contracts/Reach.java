package gatepost.contracts;

/**
 * How many inboxes a message to an audience came into.
 *
 * @param count those that took it
 * @param skipped those that were full
 */
public record Reach(int count, int skipped) {}
