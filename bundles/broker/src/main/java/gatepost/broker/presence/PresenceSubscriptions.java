package gatepost.broker.presence;

import gatepost.contracts.PresenceSource;
import gatepost.contracts.QuotaReached;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.command.ConsumerId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All subscriptions to who is on line, over one broker after the other, and who tells them: nobody at times, and then they wait. Any
 * thread; nothing blocks.
 */
public final class PresenceSubscriptions {

    private static final Logger LOG = LoggerFactory.getLogger(PresenceSubscriptions.class);

    private final Map<ConsumerId, PresenceSubscription> all = new ConcurrentHashMap<>();
    private volatile PresenceSource source;

    /** @return the filter of a broker, which all that its clients ask of presence goes through */
    public Broker install(Broker next) {
        return new PresenceFilter(next, this);
    }

    /** Has somebody tell those that there are, and those that come. */
    public synchronized void source(PresenceSource next) {
        source = next;
        for (PresenceSubscription subscription : all.values()) {
            try {
                next.watch(subscription);
            } catch (QuotaReached e) {
                LOG.warn("a subscription to who is on line is told nothing: {}", e.getMessage());
            }
        }
    }

    /** Nobody tells them any more, if that was who did. */
    public synchronized void without(PresenceSource gone) {
        if (source == gone) {
            source = null;
        }
    }

    synchronized void add(ConsumerId id, PresenceSubscription subscription) throws QuotaReached {
        if (source != null) {
            source.watch(subscription);
        }
        all.put(id, subscription);
    }

    /** @return whether it was there */
    synchronized boolean remove(ConsumerId id) {
        PresenceSubscription subscription = all.remove(id);
        if (subscription == null) {
            return false;
        }
        subscription.close();
        if (source != null) {
            source.unwatch(subscription);
        }
        return true;
    }

    Optional<PresenceSubscription> find(ConsumerId id) {
        return Optional.ofNullable(all.get(id));
    }

    void room(PresenceSubscription subscription) {
        PresenceSource now = source;
        if (now != null) {
            now.room(subscription);
        }
    }
}
