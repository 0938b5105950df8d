package gatepost.contracts.events;

/** The service that tells of events. Any thread. */
public interface EventFeed {

    /** Ends a subscription. What was not told is kept for as long as events are, for one of the same name. */
    interface Subscription extends AutoCloseable {

        @Override
        void close();
    }

    /**
     * From now on everything that happens is told, and what was kept for one of that name; at least once, in order for each user.
     *
     * @throws IllegalStateException when there is one of that name already
     */
    Subscription subscribe(EventSubscriber subscriber);
}
