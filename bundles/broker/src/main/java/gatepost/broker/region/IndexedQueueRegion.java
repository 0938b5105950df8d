package gatepost.broker.region;

import gatepost.contracts.InboxConsumer;
import gatepost.contracts.inbox.LoadedInbox;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.broker.region.DestinationFactory;
import org.apache.activemq.broker.region.DestinationStatistics;
import org.apache.activemq.broker.region.Queue;
import org.apache.activemq.broker.region.QueueRegion;
import org.apache.activemq.broker.region.RegionBroker;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.thread.TaskRunnerFactory;
import org.apache.activemq.usage.SystemUsage;

/**
 * ActiveMQ's region of queues, which asks every subscription there is whether it matches a queue that is new: with a queue and a
 * subscription for each user that is the square of the users. Here a queue that comes or goes finds its subscriptions by its name.
 */
final class IndexedQueueRegion extends QueueRegion {

    /** So long a subscription waits for those to go that are to a queue as what it was, nanoseconds. */
    private static final long CONVERSION = TimeUnit.SECONDS.toNanos(2);

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

    private final Map<ActiveMQDestination, Set<Subscription>> byQueue = new ConcurrentHashMap<>();
    /** Those with a wildcard, and those to several queues. */
    private final Set<Subscription> broad = ConcurrentHashMap.newKeySet();

    IndexedQueueRegion(
            RegionBroker broker,
            DestinationStatistics statistics,
            SystemUsage usage,
            TaskRunnerFactory tasks,
            DestinationFactory factory) {
        super(broker, statistics, usage, tasks, factory);
    }

    @Override
    protected Subscription createSubscription(ConnectionContext context, ConsumerInfo info) throws JMSException {
        requireInbox(info);
        if (!isBroad(info)) {
            Subscription subscription = single(context, info);
            byQueue.computeIfAbsent(info.getDestination(), queue -> ConcurrentHashMap.newKeySet(1))
                    .add(subscription);
            return subscription;
        }
        Subscription subscription =
                info.isBrowser() ? new InboxBrowser(broker, usageManager, context, info) : broad(context, info);
        broad.add(subscription);
        return subscription;
    }

    /** What only an inbox understands another queue would pass over; and to who only watches it would give its messages. */
    private void requireInbox(ConsumerInfo info) throws InvalidDestinationException {
        if (!(info instanceof InboxConsumer consumer) || find(info.getDestination()) instanceof LoadedInbox) {
            return;
        }
        String only = null;
        if (consumer.isWatching()) {
            only = "only an inbox has a state";
        } else if (consumer.device().isPresent()) {
            only = "only an inbox remembers a device";
        } else if (consumer.start().isPresent()) {
            only = "only of an inbox it can be said where a subscription starts";
        }
        if (only != null) {
            throw new InvalidDestinationException(info.getDestination().getPhysicalName() + " is no inbox: " + only);
        }
    }

    /** Whether what it reads is an inbox may change while it is there. */
    private Subscription single(ConnectionContext context, ConsumerInfo info) throws JMSException {
        if (find(info.getDestination()) instanceof LoadedInbox inbox) {
            inbox.requireRoom(context, info);
        }
        if (info.isBrowser()) {
            return new InboxBrowser(broker, usageManager, context, info);
        }
        InboxSubscription subscription = new InboxSubscription(broker, usageManager, context, info);
        broker.getDestinationPolicy().getEntryFor(info.getDestination()).configure(broker, usageManager, subscription);
        return subscription;
    }

    private Subscription broad(ConnectionContext context, ConsumerInfo info) throws JMSException {
        BroadSubscription subscription = new BroadSubscription(broker, usageManager, context, info, taskRunnerFactory);
        broker.getDestinationPolicy().getEntryFor(info.getDestination()).configure(broker, usageManager, subscription);
        return subscription;
    }

    /** Who was just told that a queue is an inbox now, or none any more, and comes back at once gets it as what it is. */
    @Override
    public Subscription addConsumer(ConnectionContext context, ConsumerInfo info) throws Exception {
        if (!isBroad(info)) {
            long end = System.nanoTime() + CONVERSION;
            while (((LoadingRegionBroker) broker).isWrong(find(info.getDestination()))) {
                if (System.nanoTime() - end > 0) {
                    throw new InvalidDestinationException(info.getDestination().getPhysicalName()
                            + " is being made an inbox, or none any more: subscribe again");
                }
                LockSupport.parkNanos(PAUSE);
            }
        }
        return super.addConsumer(context, info);
    }

    @Override
    public void removeConsumer(ConnectionContext context, ConsumerInfo info) throws Exception {
        Subscription subscription = subscriptions.get(info.getConsumerId());
        super.removeConsumer(context, info);
        if (subscription != null) {
            unindex(subscription);
        }
    }

    @Override
    public Destination addDestination(ConnectionContext context, ActiveMQDestination name, boolean createTemporary)
            throws Exception {
        if (!destinations.containsKey(name)) {
            ((LoadingRegionBroker) broker).slowLoading();
        }
        return super.addDestination(context, name, createTemporary);
    }

    @Override
    protected List<Subscription> addSubscriptionsForDestination(ConnectionContext context, Destination queue)
            throws Exception {
        List<Subscription> readers = readers(queue.getActiveMQDestination());
        // who still watches what was an inbox must not take the messages of the queue that it is now
        readers.removeIf(reader -> isWatching(reader) && !(queue instanceof LoadedInbox));
        for (Subscription subscription : readers) {
            queue.addSubscription(
                    subscription.getContext() == null ? context : subscription.getContext(), subscription);
        }
        return readers;
    }

    /** @param timeout 0 to remove it only if nobody reads it, any other to end the subscriptions to it */
    @Override
    public void removeDestination(ConnectionContext context, ActiveMQDestination name, long timeout) throws Exception {
        if (timeout == 0 && !readers(name).isEmpty()) {
            throw new JMSException(name + " has a subscription");
        }
        destinationsLock.writeLock().lock();
        try {
            Destination queue = destinations.remove(name);
            if (queue == null) {
                return;
            }
            updateRegionDestCounts(name, -1);
            for (Subscription subscription : readers(name)) {
                queue.removeSubscription(context, subscription, 0);
            }
            destinationMap.unsynchronizedRemove(name, queue);
            if (queue instanceof Queue whole) {
                whole.purge();
            } else if (queue instanceof LoadedInbox inbox && !inbox.isUnloaded()) {
                inbox.purge();
            }
            dispose(context, queue);
            if (broker.getDestinationInterceptor() != null) {
                broker.getDestinationInterceptor().remove(queue);
            }
        } finally {
            destinationsLock.writeLock().unlock();
        }
    }

    /** @return the queue of that name, or {@code null} when it is not loaded; any thread */
    Destination find(ActiveMQDestination name) {
        return destinations.get(name);
    }

    /** @return how many queues are loaded */
    int size() {
        return destinations.size();
    }

    private List<Subscription> readers(ActiveMQDestination queue) {
        List<Subscription> candidates = new ArrayList<>(broad);
        candidates.addAll(byQueue.getOrDefault(queue, Set.of()));
        // one that is not among the subscriptions is being added, and finds the queue itself, or it was refused
        candidates.removeIf(subscription ->
                !subscriptions.containsKey(subscription.getConsumerInfo().getConsumerId())
                        || !subscription.matches(queue));
        return candidates;
    }

    private void unindex(Subscription subscription) {
        broad.remove(subscription);
        byQueue.computeIfPresent(subscription.getConsumerInfo().getDestination(), (queue, those) -> {
            those.remove(subscription);
            return those.isEmpty() ? null : those;
        });
    }

    private static boolean isWatching(Subscription subscription) {
        return subscription.getConsumerInfo() instanceof InboxConsumer consumer && consumer.isWatching();
    }

    private static boolean isBroad(ConsumerInfo info) {
        return info.getDestination().isPattern() || info.getDestination().isComposite();
    }
}
