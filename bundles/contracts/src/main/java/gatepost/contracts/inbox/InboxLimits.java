package gatepost.contracts.inbox;

/**
 * How much may wait in one inbox, what is not persistent included. 0 is no limit.
 *
 * @param messages not more than so many
 * @param bytes of all of them
 * @param dropsOldest whether the oldest go when there are more, instead of the newest being refused; one that is larger than all may be is
 *     refused all the same
 */
public record InboxLimits(long messages, long bytes, boolean dropsOldest) {

    public static final InboxLimits NONE = new InboxLimits(0, 0, false);

    /**
     * @param waiting messages
     * @param waitingBytes of all of them
     * @return whether one of that size may come
     */
    public boolean admit(long waiting, long waitingBytes, int size) {
        return dropsOldest ? bytes == 0 || size <= bytes : !areExceeded(waiting + 1, waitingBytes + size);
    }

    /** @return whether more waits than may */
    public boolean areExceeded(long waiting, long waitingBytes) {
        return messages > 0 && waiting > messages || bytes > 0 && waitingBytes > bytes;
    }
}
