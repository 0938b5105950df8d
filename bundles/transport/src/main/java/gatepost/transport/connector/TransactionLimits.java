package gatepost.transport.connector;

/**
 * What the open transactions of one connection may take.
 *
 * @param number of them
 * @param bytes of all messages in them, and of their names
 */
public record TransactionLimits(int number, int bytes) {}
