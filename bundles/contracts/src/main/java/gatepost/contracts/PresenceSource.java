package gatepost.contracts;

/**
 * The service that tells subscriptions who is on line: presence's. The broker hands it those that there are, and those that come. Any
 * thread; returns at once.
 */
public interface PresenceSource {

    /**
     * From now on it is told: what is so at once, and then each change.
     *
     * @throws QuotaReached when its user would have more than one may; then it is not told
     */
    void watch(PresenceWatcher watcher) throws QuotaReached;

    /** Counterpart of {@link #watch}. */
    void unwatch(PresenceWatcher watcher);

    /** It has room again, for which {@link PresenceWatcher#awaitRoom} has asked. */
    void room(PresenceWatcher watcher);
}
