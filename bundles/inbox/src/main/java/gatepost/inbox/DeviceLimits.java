package gatepost.inbox;

/**
 * Whose places in an inbox are remembered.
 *
 * @param number of devices of one account, at least 1
 * @param ageMillis after which one that is not used is forgotten
 */
record DeviceLimits(int number, long ageMillis) {}
