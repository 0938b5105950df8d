package gatepost.camel;

import gatepost.contracts.events.EventFeed;
import gatepost.contracts.events.EventSubscriber;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who in routes wants to hear of events, subscribed with whatever tells of them: that may come and go while routes run. Any thread. */
final class EventFeeds {

    private static final Logger LOG = LoggerFactory.getLogger(EventFeeds.class);

    private final Map<EventSubscriber, EventFeed.Subscription> subscribers = new HashMap<>();
    private EventFeed feed;

    /** From now on that tells of events. */
    synchronized void come(EventFeed next) {
        feed = next;
        subscribers.replaceAll((subscriber, before) -> subscribe(subscriber));
    }

    /** Nobody tells of events any more, if that was who did. */
    synchronized void gone(EventFeed last) {
        if (feed == last) {
            feed = null;
            subscribers.replaceAll((subscriber, before) -> null);
        }
    }

    /** @return whether somebody tells of events now */
    synchronized boolean isThere() {
        return feed != null;
    }

    /** @throws IllegalStateException when there is one of that name already */
    synchronized void add(EventSubscriber subscriber) {
        subscribers.put(subscriber, feed == null ? null : feed.subscribe(subscriber));
    }

    synchronized void remove(EventSubscriber subscriber) {
        EventFeed.Subscription subscription = subscribers.remove(subscriber);
        if (subscription != null) {
            subscription.close();
        }
    }

    private EventFeed.Subscription subscribe(EventSubscriber subscriber) {
        try {
            return feed.subscribe(subscriber);
        } catch (IllegalStateException e) {
            LOG.error("{} hears of no events: there is another one of that name", subscriber.name(), e);
            return null;
        }
    }
}
