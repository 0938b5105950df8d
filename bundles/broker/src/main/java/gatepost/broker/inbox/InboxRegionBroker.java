package gatepost.broker.inbox;

import gatepost.store.JournalStore;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
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

    /** So many queues are let go of before whoever waits to bring one in gets a turn. */
    static final int TURN = 500;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SWEEP_AGAIN = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(5);

    private final JournalStore store;
    private final TaskRunnerFactory tasks;
    private final long forget;
    private final int crowd;
    private final AtomicBoolean clearing = new AtomicBoolean();
    private volatile long cleared = System.nanoTime() - SWEEP_AGAIN;
    private final ReentrantReadWriteLock sweep = new ReentrantReadWriteLock();
    private final ConcurrentLinkedQueue<InboxQueue> closing = new ConcurrentLinkedQueue<>();

    /**
     * @param forget milliseconds after which an empty queue is gone, 0 for never
     * @param crowd so many idle queues may stay for a while
     */
    InboxRegionBroker(BrokerService service, SystemUsage usage, DestinationFactory factory, DestinationInterceptor interceptor,
            ThreadPoolExecutor executor, JournalStore store, long forget, int crowd) throws IOException {
        super(service, service.getTaskRunnerFactory(), usage, factory, interceptor, service.getScheduler(), executor);
        this.store = store;
        this.tasks = service.getTaskRunnerFactory();
        this.forget = forget;
        this.crowd = crowd;
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

    /**
     * For a publisher to many destinations ActiveMQ has all filters asked to make the destination of each message. A queue that is
     * there was made: it gets the message at once.
     */
    @Override
    public void send(ProducerBrokerExchange exchange, Message message) throws Exception {
        Destination queue = exchange.isMutable() ? inboxes().find(message.getDestination()) : null;
        if (queue == null) {
            super.send(exchange, message);
            return;
        }
        message.setBrokerInTime(System.currentTimeMillis());
        queue.send(exchange, message);
        exchange.getProducerState().getInfo().incrementSentCount();
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
        sweepAll();
    }

    /** Whether there are more idle queues than there is room for: a message to everybody brings all of them in. */
    boolean isCrowded() {
        return surplus() > 0;
    }

    /** About: a queue with two readers hides an idle one. */
    private long surplus() {
        return inboxes().size() - getDestinationStatistics().getConsumers().getCount() - crowd;
    }

    /** A queue comes in; any thread. With too many of them it waits a little, so that they go faster than they come. */
    void coming() {
        long surplus = surplus();
        // who subscribes many queues at once brings in readers with them, and keeps them from being let go of meanwhile
        if (surplus <= 0 || sweep.getReadHoldCount() > 0) {
            return;
        }
        if (System.nanoTime() - cleared >= SWEEP_AGAIN && clearing.compareAndSet(false, true)) {
            tasks.execute(() -> {
                try {
                    sweepAll();
                } finally {
                    cleared = System.nanoTime();
                    clearing.set(false);
                }
            });
        }
        LockSupport.parkNanos(Math.min(LONGEST_WAIT, 2 * LONGEST_WAIT * surplus / crowd));
    }

    private InboxRegion inboxes() {
        return (InboxRegion) getQueueRegion();
    }

    private void sweepAll() {
        while (sweep() >= TURN) {
            LockSupport.parkNanos(PAUSE);
        }
    }

    /** @return how many queues were let go of */
    private int sweep() {
        sweep.writeLock().lock();
        try {
            super.purgeInactiveDestinations();
            int gone = 0;
            for (InboxQueue queue = closing.poll(); queue != null; queue = closing.poll()) {
                if (queue.isDisposed()) {
                    gone++;
                } else {
                    queue.reopen();
                }
            }
            return gone;
        } finally {
            sweep.writeLock().unlock();
        }
    }

    void closing(InboxQueue queue) {
        closing.add(queue);
    }

    /** Sends a message that came to a queue which was just being let go of to the one that takes its place. */
    void sendAgain(ProducerBrokerExchange exchange, Message message) throws Exception {
        // only a sweep that is under way has to end, not one that waits for its turn
        if (!sweep.readLock().tryLock()) {
            sweep.readLock().lock();
        }
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
