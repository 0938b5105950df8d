package gatepost.transport.connector;

/**
 * What all connections of one user together, over all connectors, may make Gatepost keep.
 *
 * @param subscriptions at a time
 * @param temporary destinations at a time
 * @param transactionBytes in open transactions
 * @param unfinishedBytes of frames that have not come whole, or were not decoded yet
 */
public record UserLimits(int subscriptions, int temporary, long transactionBytes, long unfinishedBytes) {}
