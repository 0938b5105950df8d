package gatepost.inbox;

import gatepost.contracts.inbox.LoadedInbox;
import gatepost.contracts.inbox.Room;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.StampedLock;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.ProducerBrokerExchange;
import org.apache.activemq.broker.region.BaseDestination;
import org.apache.activemq.broker.region.MessageReference;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageAck;
import org.apache.activemq.command.MessageDispatchNotification;
import org.apache.activemq.command.ProducerInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What ActiveMQ asks of a destination besides its messages: how an inbox comes and goes. Any thread. */
abstract class UnloadableInbox extends BaseDestination implements LoadedInbox {

    /** What ActiveMQ tells of a destination, such as that it lets go of it: for whoever turns that on. */
    private static final Logger LOG = LoggerFactory.getLogger(BaseDestination.class);

    /** Of ActiveMQ's destination; final, but only its own class is compiled as if it were. */
    private static final Field STATISTICS = statisticsField();

    private final Room room;
    private final AtomicInteger producers = new AtomicInteger();
    private final StampedLock open = new StampedLock();
    private volatile boolean closed;
    private volatile boolean unloaded;
    private volatile boolean disposed;
    private volatile long idleSince;

    UnloadableInbox(Room room) throws Exception {
        super(room.service(), room.store(), room.name(), room.statistics());
        this.room = room;
        // ActiveMQ makes each of these for every destination, and counts there what it counts in the broker's, too:
        // nobody reads those of an inbox, and they were a fifth of what a connected user takes
        systemUsage = room.service().getSystemUsage();
        memoryUsage = systemUsage.getMemoryUsage();
        STATISTICS.set(this, room.statistics());
        room.service()
                .getDestinationPolicy()
                .getEntryFor(room.name())
                .baseConfiguration(room.service().getBroker(), this);
    }

    private static Field statisticsField() {
        try {
            Field field = BaseDestination.class.getDeclaredField("destinationStatistics");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Takes a message in; it is not unloaded meanwhile. */
    abstract void take(ConnectionContext context, Message message) throws Exception;

    /** Called every few seconds, when no subscription can come. */
    abstract void lookThrough(long now);

    /** @return whether everything that it holds is in the store */
    abstract boolean isWhollyStored();

    /** It is none of the broker's any more; what is stored stays, unless it was emptied. */
    abstract void gone();

    Room room() {
        return room;
    }

    @Override
    public final void send(ProducerBrokerExchange exchange, Message message) throws Exception {
        long stamp = open.readLock();
        try {
            if (!closed) {
                idleSince = 0;
                take(exchange.getConnectionContext(), message);
                return;
            }
        } finally {
            open.unlockRead(stamp);
        }
        room.resend(exchange, message);
    }

    /** Does something while it is not unloaded. @return nothing when it is */
    final <T> Optional<T> whileLoaded(Callable<T> action) throws Exception {
        long stamp = open.readLock();
        try {
            return closed ? Optional.empty() : Optional.of(action.call());
        } finally {
            open.unlockRead(stamp);
        }
    }

    @Override
    public final void markForGC(long now) {
        lookThrough(now);
        if (isActive() || !isWhollyStored()) {
            idleSince = 0;
        } else if (idleSince == 0) {
            idleSince = now;
        }
    }

    /** Closes it if it returns true. Called while the broker looks for idle queues, when no subscription can come. */
    @Override
    public final boolean canGC() {
        if (idleSince == 0 || !room.mayUnload(idleSince)) {
            return false;
        }
        long stamp = open.tryWriteLock();
        if (stamp == 0) {
            return false;
        }
        try {
            if (isActive() || !isWhollyStored()) {
                return false;
            }
            unloaded = true;
            closed = true;
            room.unloading(this);
            return true;
        } finally {
            open.unlockWrite(stamp);
        }
    }

    @Override
    public final boolean close() {
        long stamp = open.writeLock();
        try {
            if (isActive()) {
                return false;
            }
            unloaded = true;
            closed = true;
            return true;
        } finally {
            open.unlockWrite(stamp);
        }
    }

    @Override
    public final void stayLoaded() {
        closed = false;
        unloaded = false;
        idleSince = 0;
    }

    @Override
    public final boolean isUnloaded() {
        return unloaded;
    }

    @Override
    public final void dispose(ConnectionContext context) throws IOException {
        if (unloaded) {
            // from now on nothing is removed from there
            room.detach();
        }
        gone();
        // not ActiveMQ's, which ends what is everybody's
        store.removeAllMessages(context);
        store.dispose(context);
        disposed = true;
    }

    @Override
    public final boolean isActive() {
        return producers.get() > 0 || !getConsumers().isEmpty();
    }

    @Override
    public final boolean isDisposed() {
        return disposed;
    }

    @Override
    public final void addProducer(ConnectionContext context, ProducerInfo info) throws Exception {
        super.addProducer(context, info);
        producers.incrementAndGet();
    }

    @Override
    public final void removeProducer(ConnectionContext context, ProducerInfo info) throws Exception {
        super.removeProducer(context, info);
        producers.decrementAndGet();
    }

    @Override
    public final void acknowledge(
            ConnectionContext context, Subscription subscription, MessageAck ack, MessageReference node) {
        throw new UnsupportedOperationException("an inbox is told by its subscriptions");
    }

    @Override
    public final void processDispatchNotification(MessageDispatchNotification notification) {
        throw new UnsupportedOperationException("there is no second broker");
    }

    @Override
    public final void messageExpired(ConnectionContext context, Subscription subscription, MessageReference node) {
        // between two looks at one that is being handed over: the next look at the log finds it
    }

    @Override
    public final boolean iterate() {
        wakeup();
        return false;
    }

    @Override
    public final void clearPendingMessages(int count) {
        // nothing is pending outside the log
    }

    @Override
    public final void start() {
        // it is in use from the first message or subscription on
    }

    @Override
    public final void stop() {
        // its log stays
    }

    @Override
    public final void gc() {
        // nothing is kept that could go
    }

    @Override
    protected final Logger getLog() {
        return LOG;
    }
}
