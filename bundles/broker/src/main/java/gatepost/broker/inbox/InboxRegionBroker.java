package gatepost.broker.inbox;

import gatepost.store.JournalStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.ProducerBrokerExchange;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.broker.region.DestinationFactory;
import org.apache.activemq.broker.region.DestinationInterceptor;
import org.apache.activemq.broker.region.Region;
import org.apache.activemq.broker.region.RegionBroker;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.command.Message;
import org.apache.activemq.filter.DestinationFilter;
import org.apache.activemq.security.SecurityContext;
import org.apache.activemq.thread.TaskRunnerFactory;
import org.apache.activemq.usage.SystemUsage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings queues that are only in the store into the broker when somebody asks for them, and lets go of idle ones. */
final class InboxRegionBroker extends RegionBroker {

    private static final Logger LOG = LoggerFactory.getLogger(InboxRegionBroker.class);

    private final JournalStore store;
    private final long forget;
    private final ReadWriteLock sweep = new ReentrantReadWriteLock();
    private final ConcurrentLinkedQueue<InboxQueue> closing = new ConcurrentLinkedQueue<>();

    /** @param forget milliseconds after which an empty queue is gone, 0 for never */
    InboxRegionBroker(BrokerService service, SystemUsage usage, DestinationFactory factory, DestinationInterceptor interceptor,
            ThreadPoolExecutor executor, JournalStore store, long forget) throws IOException {
        super(service, service.getTaskRunnerFactory(), usage, factory, interceptor, service.getScheduler(), executor);
        this.store = store;
        this.forget = forget;
    }

    @Override
    protected Region createQueueRegion(SystemUsage usage, TaskRunnerFactory tasks, DestinationFactory factory) {
        return new InboxRegion(this, getDestinationStatistics(), usage, tasks, factory);
    }

    /** Whoever asks whether a queue exists means those in the store, too: it is brought in. */
    @Override
    public Map<ActiveMQDestination, Destination> getDestinationMap(ActiveMQDestination destination) {
        Map<ActiveMQDestination, Destination> known = super.getDestinationMap(destination);
        if (!known.containsKey(destination) && store.holds(destination)) {
            bringIn(destination);
        }
        return known;
    }

    /** A subscription with a wildcard is one to all queues that it matches, those in the store included. */
    @Override
    public Subscription addConsumer(ConnectionContext context, ConsumerInfo info) throws Exception {
        ActiveMQDestination destination = info.getDestination();
        if (!destination.isQueue() || destination.isTemporary() || !destination.isPattern() && !destination.isComposite()) {
            return super.addConsumer(context, info);
        }
        DestinationFilter filter = DestinationFilter.parseFilter(destination);
        // none may be let go of again before it is subscribed
        sweep.readLock().lock();
        try {
            for (ActiveMQDestination stored : store.queues()) {
                if (filter.matches(stored)) {
                    getDestinationMap(stored);
                }
            }
            return super.addConsumer(context, info);
        } finally {
            sweep.readLock().unlock();
        }
    }

    /** Brings in queues whose messages may have expired, so that they are looked through. */
    @Override
    protected void purgeInactiveDestinations() {
        store.expired().forEach(this::getDestinationMap);
        if (forget > 0) {
            store.forgetIdle(forget);
        }
        sweep.writeLock().lock();
        try {
            super.purgeInactiveDestinations();
            List<InboxQueue> closed = new ArrayList<>();
            for (InboxQueue queue = closing.poll(); queue != null; queue = closing.poll()) {
                closed.add(queue);
            }
            closed.stream().filter(queue -> !queue.isDisposed()).forEach(InboxQueue::reopen);
        } finally {
            sweep.writeLock().unlock();
        }
    }

    void closing(InboxQueue queue) {
        closing.add(queue);
    }

    /** Sends a message that came to a queue which was just being let go of to the one that takes its place. */
    void sendAgain(ProducerBrokerExchange exchange, Message message) throws Exception {
        sweep.readLock().lock();
        sweep.readLock().unlock();
        exchange.setRegionDestination(null);
        send(exchange, message);
    }

    private void bringIn(ActiveMQDestination destination) {
        ConnectionContext context = new ConnectionContext();
        context.setBroker(this);
        context.setSecurityContext(SecurityContext.BROKER_SECURITY_CONTEXT);
        try {
            addDestination(context, destination, false);
        } catch (Exception e) {
            LOG.error("{} is in the store and could not be brought in", destination, e);
        }
    }
}
