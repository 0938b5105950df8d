package gatepost.store.quota;

import gatepost.contracts.QuotaReached;
import gatepost.contracts.inbox.InboxLimits;
import gatepost.store.quota.Admission.Wish;

/**
 * How much may wait in one queue, and by which keys that is configured. 0 is no limit.
 *
 * @param where what a client is told of it, with the name of the queue for {@code %s}
 * @param dropsOldest whether there is room all the same, since the oldest go afterwards
 */
record Capacity(String where, String bytesKey, long bytes, String messagesKey, long messages, boolean dropsOldest) {

    static final String QUEUE_BYTES = "queue.bytes.max";
    static final String QUEUE_MESSAGES = "queue.messages.max";
    static final String INBOX_BYTES = "inbox.bytes";
    static final String INBOX_MESSAGES = "inbox.messages";

    static Capacity of(Quotas quotas) {
        return new Capacity(
                "the queue may hold", QUEUE_BYTES, quotas.queueBytes(), QUEUE_MESSAGES, quotas.queueMessages(), false);
    }

    static Capacity of(InboxLimits limits) {
        return new Capacity(
                "the inbox %s may hold",
                INBOX_BYTES, limits.bytes(), INBOX_MESSAGES, limits.messages(), limits.dropsOldest());
    }

    /** @return whether there is no room for that; where the oldest go, only one that is larger than all may be has none */
    boolean isExceeded(Wish wish) {
        if (dropsOldest) {
            return wish.messages() == 1 && isLess(bytes, wish.bytes());
        }
        return tooLarge(wish) || isLess(messages, wish.queue().messages() + wish.messages());
    }

    /** @return what says that there is no room for it */
    QuotaReached reached(Wish wish) {
        String queue = String.format(where, wish.queue().name());
        return tooLarge(wish)
                ? new QuotaReached(bytesKey, queue + " " + bytes + " bytes (" + bytesKey + ")")
                : new QuotaReached(messagesKey, queue + " " + messages + " messages (" + messagesKey + ")");
    }

    private boolean tooLarge(Wish wish) {
        return isLess(bytes, wish.queue().bytes() + wish.bytes());
    }

    private static boolean isLess(long most, long wanted) {
        return most > 0 && wanted > most;
    }
}
