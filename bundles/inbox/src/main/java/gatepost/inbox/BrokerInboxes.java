package gatepost.inbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.broker.region.RegionBroker;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.util.BrokerSupport;

/** The queues of the running broker, those that are in the store only included; none while it is stopped. Any thread. */
final class BrokerInboxes {

    /** So long sessions that were closed may take to go, and an inbox to be loaded, nanoseconds. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(3);

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

    private final InboxPlugin plugin;

    BrokerInboxes(InboxPlugin plugin) {
        this.plugin = plugin;
    }

    /** @return the names of all destinations, and whether each is in memory */
    Map<ActiveMQDestination, Boolean> names() {
        return plugin.running().map(BrokerInboxes::names).orElse(Map.of());
    }

    private static Map<ActiveMQDestination, Boolean> names(BrokerService broker) {
        Map<ActiveMQDestination, Boolean> names = new HashMap<>();
        stored(broker).forEach(name -> names.put(name, false));
        loaded(broker).keySet().forEach(name -> names.put(name, true));
        return names;
    }

    /** As {@link #find}; one that is not there is made. @return {@code null} while the broker is stopped */
    Destination make(ActiveMQQueue queue) throws Exception {
        Optional<BrokerService> broker = plugin.running();
        if (broker.isPresent() && find(queue) == null) {
            Broker regions = broker.get().getRegionBroker();
            regions.addDestination(BrokerSupport.getConnectionContext(regions), queue, false);
        }
        return find(queue);
    }

    /** Asking by name loads a queue that is in the store only. @return {@code null} when there is none */
    Destination find(ActiveMQQueue queue) {
        return plugin.running()
                .map(broker -> ((RegionBroker) broker.getRegionBroker())
                        .getDestinationMap(queue)
                        .get(queue))
                .orElse(null);
    }

    boolean isLoaded(ActiveMQQueue queue) {
        return plugin.running()
                .filter(broker -> loaded(broker).containsKey(queue))
                .isPresent();
    }

    /** @return the inboxes that are in memory */
    List<Inbox> loaded() {
        List<Inbox> all = new ArrayList<>();
        plugin.running()
                .ifPresent(broker -> loaded(broker).values().forEach(queue -> {
                    if (queue instanceof Inbox inbox) {
                        all.add(inbox);
                    }
                }));
        return all;
    }

    private static Map<ActiveMQDestination, Destination> loaded(BrokerService broker) {
        return ((RegionBroker) broker.getRegionBroker()).getQueueRegion().getDestinationMap();
    }

    private static Set<ActiveMQDestination> stored(BrokerService broker) {
        try {
            return broker.getPersistenceAdapter().getDestinations();
        } catch (IOException e) {
            throw new UncheckedIOException("the store is not there", e);
        }
    }

    /** A condition that may change something. */
    @FunctionalInterface
    interface Condition {

        boolean isMet() throws Exception;
    }

    /** @return whether it was met in time */
    static boolean await(Condition condition) throws Exception {
        long end = System.nanoTime() + PATIENCE;
        while (!condition.isMet()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(PAUSE);
        }
        return true;
    }
}
