package gatepost.client;

/**
 * How a connection is doing.
 *
 * @param connected whether it is signed in
 * @param text for people: where it is connected to, or why it is not
 */
public record ConnectionState(boolean connected, String text) {}
