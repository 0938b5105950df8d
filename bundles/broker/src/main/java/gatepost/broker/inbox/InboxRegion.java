package gatepost.broker.inbox;

import jakarta.jms.JMSException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.broker.region.DestinationFactory;
import org.apache.activemq.broker.region.DestinationStatistics;
import org.apache.activemq.broker.region.QueueRegion;
import org.apache.activemq.broker.region.RegionBroker;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.thread.TaskRunnerFactory;
import org.apache.activemq.usage.SystemUsage;

/**
 * ActiveMQ's region of queues, which asks every subscription there is whether it matches a queue that is new: with a queue and a
 * subscription for each user that is the square of the users. Here a new queue finds its subscriptions by its name.
 */
final class InboxRegion extends QueueRegion {

    private final Map<ActiveMQDestination, Set<Subscription>> byQueue = new ConcurrentHashMap<>();
    /** Those with a wildcard, and those to several queues. */
    private final Set<Subscription> broad = ConcurrentHashMap.newKeySet();

    InboxRegion(RegionBroker broker, DestinationStatistics statistics, SystemUsage usage, TaskRunnerFactory tasks,
            DestinationFactory factory) {
        super(broker, statistics, usage, tasks, factory);
    }

    @Override
    protected Subscription createSubscription(ConnectionContext context, ConsumerInfo info) throws JMSException {
        if (!isBroad(info)) {
            Subscription subscription = super.createSubscription(context, info);
            byQueue.computeIfAbsent(info.getDestination(), queue -> ConcurrentHashMap.newKeySet(1)).add(subscription);
            return subscription;
        }
        Subscription subscription = info.isBrowser() ? super.createSubscription(context, info) : broad(context, info);
        broad.add(subscription);
        return subscription;
    }

    private Subscription broad(ConnectionContext context, ConsumerInfo info) throws JMSException {
        BroadSubscription subscription = new BroadSubscription(broker, usageManager, context, info, taskRunnerFactory);
        broker.getDestinationPolicy().getEntryFor(info.getDestination()).configure(broker, usageManager, subscription);
        return subscription;
    }

    @Override
    public void removeConsumer(ConnectionContext context, ConsumerInfo info) throws Exception {
        Subscription subscription = subscriptions.get(info.getConsumerId());
        super.removeConsumer(context, info);
        if (subscription != null) {
            forget(subscription);
        }
    }

    @Override
    protected List<Subscription> addSubscriptionsForDestination(ConnectionContext context, Destination queue) throws Exception {
        List<Subscription> candidates = new ArrayList<>(broad);
        candidates.addAll(byQueue.getOrDefault(queue.getActiveMQDestination(), Set.of()));
        List<Subscription> added = new ArrayList<>();
        for (Subscription subscription : candidates) {
            if (!subscriptions.containsKey(subscription.getConsumerInfo().getConsumerId())) {
                // it is only just coming, and finds this queue itself, or it was refused
                continue;
            }
            if (subscription.matches(queue.getActiveMQDestination())) {
                queue.addSubscription(subscription.getContext() == null ? context : subscription.getContext(), subscription);
                added.add(subscription);
            }
        }
        return added;
    }

    private void forget(Subscription subscription) {
        broad.remove(subscription);
        byQueue.computeIfPresent(subscription.getConsumerInfo().getDestination(), (queue, those) -> {
            those.remove(subscription);
            return those.isEmpty() ? null : those;
        });
    }

    private static boolean isBroad(ConsumerInfo info) {
        return info.getDestination().isPattern() || info.getDestination().isComposite();
    }
}
