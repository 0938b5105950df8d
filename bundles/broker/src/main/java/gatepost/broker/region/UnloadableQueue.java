package gatepost.broker.region;

import gatepost.broker.quota.HoldingQueue;
import gatepost.broker.quota.Ledger;
import gatepost.broker.quota.MeasuredQueue;
import gatepost.broker.quota.QueueQuota;
import gatepost.contracts.inbox.Unloadable;
import gatepost.store.queue.QueueStore;
import gatepost.store.quota.Charge;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.StampedLock;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.ProducerBrokerExchange;
import org.apache.activemq.broker.region.DestinationStatistics;
import org.apache.activemq.broker.region.MessageReference;
import org.apache.activemq.broker.region.Queue;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageAck;
import org.apache.activemq.thread.TaskRunnerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ActiveMQ's queue, except that one that nobody reads can be unloaded while messages wait in it: they are in the store, and the next
 * send or subscription loads the queue again. So a user who is away costs the store's few bytes a message, and not a queue of
 * ActiveMQ's (benchmarks/NOTEBOOK.md says how much that is).
 */
final class UnloadableQueue extends Queue implements HoldingQueue, MeasuredQueue, Unloadable {

    private static final Logger LOG = LoggerFactory.getLogger(UnloadableQueue.class);
    /** With so few messages to dispatch, no thread is held up by it. */
    private static final int FEW = 16;

    private final LoadingRegionBroker region;
    private final QueueStore stored;
    private final QueueQuota quota;
    private final TaskRunnerFactory tasks;
    private final long unloadAfter;
    /** Held for reading while a message comes in, and for writing while the queue is being closed. */
    private final StampedLock open = new StampedLock();

    private ReleasingCursor cursor;
    private final Selection selection = new Selection(this);
    private volatile boolean closed;
    private volatile boolean unloaded;
    private volatile long idleSince;
    private long lastExpiry;

    /** @param unloadAfter milliseconds without a consumer or a message after which it may be unloaded, 0 for never */
    UnloadableQueue(
            BrokerService service,
            ActiveMQDestination destination,
            QueueStore store,
            DestinationStatistics statistics,
            TaskRunnerFactory tasks,
            LoadingRegionBroker region,
            long unloadAfter,
            Ledger ledger)
            throws Exception {
        super(service, destination, store, statistics, tasks);
        this.region = region;
        this.stored = store;
        this.tasks = tasks;
        this.unloadAfter = unloadAfter;
        this.quota = new QueueQuota(
                ledger, Optional.of(store), service.getSystemUsage().getMemoryUsage());
    }

    /** Called once it is configured, which the cursor has to know. */
    @Override
    public void initialize() throws Exception {
        cursor = new ReleasingCursor(broker, this, selection);
        setMessages(cursor);
        super.initialize();
    }

    @Override
    public void send(ProducerBrokerExchange exchange, Message message) throws Exception {
        long stamp = open.readLock();
        try {
            if (!closed) {
                idleSince = 0;
                quota.send(exchange.getConnectionContext(), message, () -> super.send(exchange, message));
                return;
            }
        } finally {
            open.unlockRead(stamp);
        }
        region.resend(exchange, message);
    }

    /** Called by {@code Queue.removeMessage} for each message that leaves, whatever it leaves for. */
    @Override
    public void acknowledge(
            ConnectionContext context, Subscription subscription, MessageAck ack, MessageReference reference)
            throws IOException {
        super.acknowledge(context, subscription, ack, reference);
        quota.acknowledged(context, ack, reference);
    }

    @Override
    public boolean isStored(MessageReference message) {
        return message.isPersistent();
    }

    @Override
    public Charge kept() {
        return stored.kept();
    }

    @Override
    public Charge kept(String user) {
        return stored.kept(user);
    }

    @Override
    public int removeOldest(int most) throws Exception {
        long before = selection.removed();
        purge(most);
        return (int) (selection.removed() - before);
    }

    @Override
    public void addSubscription(ConnectionContext context, Subscription subscription) throws Exception {
        selection.add(subscription, () -> super.addSubscription(context, subscription));
    }

    @Override
    public void removeSubscription(ConnectionContext context, Subscription subscription, long lastDelivered)
            throws Exception {
        selection.remove(subscription);
        super.removeSubscription(context, subscription, lastDelivered);
    }

    /** Called before the messages that come next are dispatched. Says for whom, before ActiveMQ takes its locks. */
    @Override
    protected void pageInMessages(boolean force, int most) throws Exception {
        selection.note(cursor.hasPassedOver());
        super.pageInMessages(force, selection.page(most, dispatchPendingList.size()));
        if (cursor.goesOn(dispatchPendingList.size())) {
            // further on another thread, so that no sender waits for what a selector passes over
            tasks.execute(super::wakeup);
        }
    }

    /** Dispatches on the calling thread, unless there is so much for somebody that it might have to be read from the disk. */
    @Override
    public void wakeup() {
        DestinationStatistics statistics = getDestinationStatistics();
        if (statistics.getMessages().getCount() - statistics.getInflight().getCount() <= FEW
                || !isAnyReady(selection.subscriptions(), true)) {
            super.wakeup();
        } else {
            tasks.execute(super::wakeup);
        }
    }

    /** Dispatches on the calling thread, which may read the disk. */
    void dispatchHere() {
        super.wakeup();
    }

    /** Nothing is read from the store for those who are full: it would be in memory until they take something. */
    @Override
    public boolean isLazyDispatch() {
        List<Subscription> readers = selection.subscriptions();
        if (isAnyReady(readers, false)) {
            return super.isLazyDispatch();
        }
        for (Subscription reader : readers) {
            if (reader instanceof BroadSubscription broad) {
                broad.noteBacklog();
            }
        }
        return true;
    }

    /** @param browsers whether those who only look are always ready */
    private static boolean isAnyReady(List<Subscription> readers, boolean browsers) {
        for (Subscription reader : readers) {
            if (reader.isBrowser() ? browsers : !reader.isFull()) {
                return true;
            }
        }
        return false;
    }

    /**
     * ActiveMQ's own look for expired messages runs beside the dispatch of messages and can bring them out of order, so it is off:
     * with a consumer they are dropped as they come up for it, and without one {@link #markForGC} looks.
     */
    @Override
    public long getExpireMessagesPeriod() {
        return 0;
    }

    /** Called every few seconds, when no consumer can come. */
    @Override
    public void markForGC(long now) {
        super.markForGC(now);
        long period = super.getExpireMessagesPeriod();
        if (period > 0 && now - lastExpiry >= period && (stored.mayHoldExpired(now) || cursor.hasPassedOver())) {
            lookForExpired(now);
        }
        if (isActive() || !isWhollyStored()) {
            idleSince = 0;
        } else if (idleSince == 0) {
            idleSince = now;
        }
    }

    /** Looking at messages is what drops those that are too old: a reader gets to all of them but those that it does not want. */
    private void lookForExpired(long now) {
        if (cursor.hasPassedOver()) {
            lastExpiry = now;
            cursor.lookAgain();
            tasks.execute(super::wakeup);
        } else if (getDestinationStatistics().getConsumers().getCount() == 0) {
            lastExpiry = now;
            try {
                browse();
            } catch (Exception e) {
                LOG.warn("{} could not be searched for expired messages", getName(), e);
            }
        }
    }

    /** Closes the queue if it returns true. Called while the broker looks for idle queues, when no consumer can come. */
    @Override
    public boolean canGC() {
        boolean removable = super.canGC();
        boolean idle = unloadAfter > 0
                && idleSince != 0
                && (System.currentTimeMillis() - idleSince >= unloadAfter || region.hasTooManyIdle());
        long stamp = removable || idle ? open.tryWriteLock() : 0;
        if (stamp == 0) {
            return false;
        }
        try {
            boolean empty = getDestinationStatistics().getMessages().getCount() == 0;
            if (isActive() || !isWhollyStored() || !idle && !empty) {
                return false;
            }
            unloaded = !(empty && removable);
            closed = true;
            region.unloading(this);
            return true;
        } finally {
            open.unlockWrite(stamp);
        }
    }

    @Override
    public boolean close() {
        long stamp = open.writeLock();
        try {
            if (getDestinationStatistics().getConsumers().getCount() > 0) {
                return false;
            }
            unloaded = true;
            closed = true;
            return true;
        } finally {
            open.unlockWrite(stamp);
        }
    }

    /** It was not unloaded after all: somebody came in between. */
    @Override
    public void stayLoaded() {
        closed = false;
        unloaded = false;
        idleSince = 0;
    }

    @Override
    public void purge() throws Exception {
        if (!unloaded) {
            super.purge();
        }
    }

    /** What nobody wanted goes, too. */
    @Override
    public void purge(long most) throws Exception {
        selection.purge(most, super::purge);
    }

    @Override
    public void dispose(ConnectionContext context) throws IOException {
        if (unloaded) {
            // from now on nothing is removed from there
            stored.detach();
            // what the broker counts in all is what its queues hold
            getDestinationStatistics()
                    .getMessages()
                    .subtract(getDestinationStatistics().getMessages().getCount());
        }
        super.dispose(context);
    }

    @Override
    public boolean isUnloaded() {
        return unloaded;
    }

    private boolean isWhollyStored() {
        return getDestinationStatistics().getMessages().getCount() == stored.getMessageCount()
                && getDestinationStatistics().getInflight().getCount() == 0;
    }
}
