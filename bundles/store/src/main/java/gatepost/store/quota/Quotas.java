package gatepost.store.quota;

/**
 * What may wait in the store. 0 is no limit.
 *
 * @param queueBytes in one queue
 * @param queueMessages in one queue
 * @param userBytes of what one user sent, dead letters included
 * @param userMessages of what one user sent, dead letters included
 */
public record Quotas(long queueBytes, long queueMessages, long userBytes, long userMessages) {

    public static final Quotas NONE = new Quotas(0, 0, 0, 0);
}
