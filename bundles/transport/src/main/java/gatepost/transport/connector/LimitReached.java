package gatepost.transport.connector;

/**
 * A client would take more than it may.
 *
 * @param key of the configuration that says how much that is
 * @param reason fit for the client: the thing, and how much of it is allowed
 */
public record LimitReached(String key, String reason) {}
