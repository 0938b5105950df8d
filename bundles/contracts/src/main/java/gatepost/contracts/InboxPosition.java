package gatepost.contracts;

/**
 * Which place an inbox gave to a message.
 *
 * @param epoch of the inbox
 * @param offset above those of all earlier messages of that epoch
 */
public record InboxPosition(String epoch, long offset) {}
