package gatepost.broker.quota;

import gatepost.store.quota.Quotas;

/**
 * What may be kept. Sizes in bytes; 0 is no limit, except for dead letters, of which 0 keeps none.
 *
 * @param userMemory of one user's messages that are not in the store
 * @param stored what may wait in the store
 * @param topicPending messages for one topic subscriber who is slow
 * @param topicPendingBytes of such messages
 * @param durableBytes of messages for all durable subscriptions of one user
 * @param deadLetters messages in the dead letter queue
 * @param deadLettersBytes of all of them
 */
public record KeepingLimits(
        long userMemory,
        Quotas stored,
        int topicPending,
        long topicPendingBytes,
        long durableBytes,
        int deadLetters,
        long deadLettersBytes) {}
