package gatepost.broker.region;

import gatepost.contracts.GateQuestion;
import gatepost.contracts.InboxPage;
import gatepost.contracts.InboxRequest;
import gatepost.contracts.inbox.Inboxes;
import gatepost.contracts.inbox.LoadedInbox;
import gatepost.contracts.inbox.Unloadable;
import gatepost.store.JournalStore;
import jakarta.jms.InvalidDestinationException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
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
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.command.Message;
import org.apache.activemq.filter.DestinationFilter;
import org.apache.activemq.security.SecurityContext;
import org.apache.activemq.thread.TaskRunnerFactory;
import org.apache.activemq.usage.SystemUsage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads queues that are only in the store when somebody asks for them, and unloads idle ones. */
public final class LoadingRegionBroker extends RegionBroker {

    private static final Logger LOG = LoggerFactory.getLogger(LoadingRegionBroker.class);

    /** So many queues are unloaded before whoever waits to load one gets a turn. */
    static final int SWEEP = 500;

    private static final Inboxes NO_INBOXES = new NoInboxes();

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SWEEP_AGAIN = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(5);

    private final JournalStore store;
    private final TaskRunnerFactory tasks;
    private final long removeAfter;
    private final int idleQueues;
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private volatile long lastSweep = System.nanoTime() - SWEEP_AGAIN;
    private volatile Inboxes inboxes = NO_INBOXES;
    private final ReentrantReadWriteLock sweep = new ReentrantReadWriteLock();
    private final ConcurrentLinkedQueue<Unloadable> unloading = new ConcurrentLinkedQueue<>();

    /**
     * @param removeAfter milliseconds after which an empty queue that is no inbox is removed from the store, 0 for never
     * @param idleQueues so many idle queues may stay loaded for a while
     */
    LoadingRegionBroker(
            BrokerService service,
            SystemUsage usage,
            DestinationFactory factory,
            DestinationInterceptor interceptor,
            ThreadPoolExecutor executor,
            JournalStore store,
            long removeAfter,
            int idleQueues)
            throws IOException {
        super(service, service.getTaskRunnerFactory(), usage, factory, interceptor, service.getScheduler(), executor);
        this.store = store;
        this.tasks = service.getTaskRunnerFactory();
        this.removeAfter = removeAfter;
        this.idleQueues = idleQueues;
    }

    /** @return who says which queues are inboxes */
    Inboxes inboxes() {
        return inboxes;
    }

    /** Has somebody else say which queues are inboxes, or nobody; those that are loaded as what they are no more go, soon. */
    public void inboxes(Optional<Inboxes> next) {
        inboxes = next.orElse(NO_INBOXES);
        ((UnloadingBrokerService) getBrokerService()).ledger().inboxes().of(inboxes);
        Conversion conversion = new Conversion(this, tasks);
        inboxes.whenChanged(conversion::start);
        conversion.start();
    }

    /** @return whether it is loaded as a queue and is an inbox now, or the other way round, or is another's inbox, or an audience */
    boolean isWrong(Destination loaded) {
        if (!(loaded instanceof Unloadable)) {
            return false;
        }
        boolean isInbox = inboxes.isInbox(loaded.getActiveMQDestination());
        return loaded instanceof LoadedInbox inbox ? !isInbox || !inbox.isAsConfigured() : isInbox;
    }

    /**
     * Unloads a queue that is an inbox now, or an inbox that is none any more, unless somebody reads it.
     *
     * @return whether it is unloaded
     */
    boolean unload(Unloadable queue) throws Exception {
        sweep.writeLock().lock();
        try {
            if (!queue.close()) {
                return false;
            }
            removeDestination(ownContext(), queue.getActiveMQDestination(), 1);
            return true;
        } finally {
            sweep.writeLock().unlock();
        }
    }

    /**
     * Unloads an inbox that was emptied, and forgets it in the store, unless somebody reads it or something has come.
     *
     * @return whether nothing of it is left
     */
    boolean forget(LoadedInbox inbox) throws Exception {
        return unload(inbox) && store.forget((ActiveMQQueue) inbox.getActiveMQDestination());
    }

    @Override
    protected Region createQueueRegion(SystemUsage usage, TaskRunnerFactory tasks, DestinationFactory factory) {
        return new IndexedQueueRegion(this, getDestinationStatistics(), usage, tasks, factory);
    }

    /** Called while this is being made, when it has no fields yet. */
    @Override
    protected Region createTopicRegion(SystemUsage usage, TaskRunnerFactory tasks, DestinationFactory factory) {
        UnloadingBrokerService service = (UnloadingBrokerService) getBrokerService();
        return new SelectingTopicRegion(
                this, getDestinationStatistics(), usage, tasks, factory, service.selectors(), service.ledger());
    }

    /** Called while this is being made, too. */
    @Override
    protected Region createTempTopicRegion(SystemUsage usage, TaskRunnerFactory tasks, DestinationFactory factory) {
        return new BoundedTempTopicRegion(
                this,
                getDestinationStatistics(),
                usage,
                tasks,
                factory,
                ((UnloadingBrokerService) getBrokerService()).ledger());
    }

    /** Whoever asks whether a queue exists means those in the store, too: it is loaded. */
    @Override
    public Map<ActiveMQDestination, Destination> getDestinationMap(ActiveMQDestination destination) {
        Map<ActiveMQDestination, Destination> known = super.getDestinationMap(destination);
        if (!known.containsKey(destination) && store.holds(destination)) {
            load(destination);
        }
        return known;
    }

    /**
     * For a publisher to many destinations ActiveMQ has all filters asked to make the destination of each message. A queue that is
     * there needs no making: it gets the message at once.
     */
    @Override
    public void send(ProducerBrokerExchange exchange, Message message) throws Exception {
        if (message instanceof GateQuestion) {
            throw new SecurityException("there is no gate that could say who may");
        }
        if (message instanceof InboxRequest request) {
            ask(exchange, request);
            return;
        }
        Destination queue = exchange.isMutable() ? queues().find(message.getDestination()) : null;
        if (queue == null) {
            super.send(exchange, message);
            return;
        }
        message.setBrokerInTime(System.currentTimeMillis());
        queue.send(exchange, message);
        exchange.getProducerState().getInfo().incrementSentCount();
    }

    /**
     * What is asked of an inbox must not come to a queue that is none, where it would be a message. In one that nobody has sent to there is
     * nothing, and it is not made by being asked.
     */
    private void ask(ProducerBrokerExchange exchange, InboxRequest request) throws Exception {
        ActiveMQDestination name = request.getDestination();
        Destination loaded = queues().find(name);
        // one that is in the store only is loaded
        Destination known = loaded == null ? getDestinationMap(name).get(name) : loaded;
        if (known instanceof LoadedInbox inbox) {
            inbox.send(exchange, request);
        } else if (known == null && inboxes.isInbox(name)) {
            request.answer(InboxPage.NOTHING);
        } else {
            throw new InvalidDestinationException(name.getPhysicalName() + " is no inbox");
        }
    }

    /** A subscription with a wildcard is one to all queues that it matches, those in the store included. */
    @Override
    public Subscription addConsumer(ConnectionContext context, ConsumerInfo info) throws Exception {
        ActiveMQDestination destination = info.getDestination();
        if (!destination.isQueue()
                || destination.isTemporary()
                || !destination.isPattern() && !destination.isComposite()) {
            return super.addConsumer(context, info);
        }
        DestinationFilter filter = DestinationFilter.parseFilter(destination);
        // none may be unloaded again before it is subscribed
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

    /** Loads queues whose messages may have expired, so that they are looked through; then unloads those that are idle. */
    @Override
    protected void purgeInactiveDestinations() {
        store.expired().forEach(this::getDestinationMap);
        long forgetAfter = inboxes.forgetAfter();
        if (removeAfter > 0 || forgetAfter > 0) {
            store.forgetIdle(orNever(removeAfter), orNever(forgetAfter));
        }
        sweepAll();
    }

    private static long orNever(long millis) {
        return millis > 0 ? millis : Long.MAX_VALUE;
    }

    /** Whether more idle queues are loaded than there is room for: a message to everybody loads all of them. */
    boolean hasTooManyIdle() {
        return excessIdle() > 0;
    }

    /** About: a queue with two readers hides an idle one. */
    private long excessIdle() {
        return queues().size() - getDestinationStatistics().getConsumers().getCount() - idleQueues;
    }

    /** Called before a queue is loaded; any thread. With too many idle ones it waits a little: they are unloaded faster than loaded. */
    void slowLoading() {
        long excess = excessIdle();
        // who subscribes many queues at once loads them with a reader each, and keeps them from being unloaded
        // meanwhile
        if (excess <= 0 || sweep.getReadHoldCount() > 0) {
            return;
        }
        if (System.nanoTime() - lastSweep >= SWEEP_AGAIN && sweeping.compareAndSet(false, true)) {
            tasks.execute(() -> {
                try {
                    sweepAll();
                } finally {
                    lastSweep = System.nanoTime();
                    sweeping.set(false);
                }
            });
        }
        LockSupport.parkNanos(Math.min(LONGEST_WAIT, 2 * LONGEST_WAIT * excess / idleQueues));
    }

    IndexedQueueRegion queues() {
        return (IndexedQueueRegion) getQueueRegion();
    }

    private void sweepAll() {
        while (sweep() >= SWEEP) {
            LockSupport.parkNanos(PAUSE);
        }
    }

    /** @return how many queues were unloaded or removed */
    private int sweep() {
        sweep.writeLock().lock();
        try {
            super.purgeInactiveDestinations();
            int gone = 0;
            for (Unloadable queue = unloading.poll(); queue != null; queue = unloading.poll()) {
                if (queue.isDisposed()) {
                    gone++;
                } else {
                    queue.stayLoaded();
                }
            }
            return gone;
        } finally {
            sweep.writeLock().unlock();
        }
    }

    /** A queue has closed itself, to be unloaded or removed by the sweep that asked it. */
    void unloading(Unloadable queue) {
        unloading.add(queue);
    }

    /** Sends a message that came to a queue which was just being unloaded to the one that takes its place. */
    void resend(ProducerBrokerExchange exchange, Message message) throws Exception {
        // only a sweep that is under way has to end, not one that waits for its turn
        if (!sweep.readLock().tryLock()) {
            sweep.readLock().lock();
        }
        sweep.readLock().unlock();
        exchange.setRegionDestination(null);
        send(exchange, message);
    }

    /** For what the broker does of its own accord. */
    ConnectionContext ownContext() {
        ConnectionContext context = new ConnectionContext();
        context.setBroker(this);
        context.setSecurityContext(SecurityContext.BROKER_SECURITY_CONTEXT);
        return context;
    }

    private void load(ActiveMQDestination destination) {
        try {
            addDestination(ownContext(), destination, false);
        } catch (Exception e) {
            LOG.error("{} is in the store and could not be loaded", destination, e);
        }
    }
}
