package gatepost.broker.region;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.activemq.broker.region.Queue;
import org.apache.activemq.broker.region.Subscription;

/** For whom the messages of one queue are looked through; without a reader who has a selector, for all. Any thread. */
final class Selection {

    /** ActiveMQ's. */
    @FunctionalInterface
    interface Purge {

        void purge(long most) throws Exception;
    }

    /** So many may wait for a reader who is full, or who is gone, before those who are there get nothing more. */
    private static final int MOST_WAITING = 1_500;

    private static final int PURGES = 200;
    private static final long A_MOMENT = TimeUnit.MICROSECONDS.toNanos(100);

    /** Subscribes. */
    @FunctionalInterface
    interface Adding {

        void add() throws Exception;
    }

    private final Queue queue;
    /** The same as ActiveMQ's own list, which takes a lock and copies it each time. */
    private volatile List<Subscription> subscriptions = List.of();

    private volatile boolean selective;
    /** Who read the queue when its messages were last looked through. */
    private volatile Readers readers = Readers.OF_ALL;

    private volatile boolean everything;

    Selection(Queue queue) {
        this.queue = queue;
    }

    /** Before ActiveMQ has it, which dispatches at once. */
    void add(Subscription subscription, Adding adding) throws Exception {
        change(now -> now.add(subscription));
        try {
            adding.add();
        } catch (Exception | Error e) {
            remove(subscription);
            throw e;
        }
    }

    void remove(Subscription subscription) {
        change(now -> now.remove(subscription));
    }

    private synchronized void change(Consumer<List<Subscription>> change) {
        List<Subscription> now = new ArrayList<>(subscriptions);
        change.accept(now);
        subscriptions = List.copyOf(now);
        selective = now.stream().anyMatch(Readers::isSelective);
    }

    List<Subscription> subscriptions() {
        return subscriptions;
    }

    boolean isSelective() {
        return selective;
    }

    /**
     * Notes for whom messages are looked through now, before ActiveMQ takes its locks.
     *
     * @param hasPassedOver whether there are messages that nobody wanted
     */
    void note(boolean hasPassedOver) {
        readers = !isSelective() && !hasPassedOver
                ? Readers.OF_ALL
                : Readers.of(subscriptions, queue.getActiveMQDestination());
    }

    /**
     * ActiveMQ takes no more out of the cursor while a page of messages waits for a reader. That one may be full, or have gone without
     * acknowledging them, and those who are there may not want them.
     *
     * @param most as many as ActiveMQ would let wait
     * @param waiting how many do
     */
    int page(int most, int waiting) {
        return isSelective() && waiting < MOST_WAITING ? most + waiting : most;
    }

    Readers readers() {
        return everything ? Readers.OF_ALL : readers;
    }

    /**
     * Purges what nobody wanted, too. ActiveMQ's ends when it finds no message, though another thread may be about to dispatch some, and
     * nobody would be told that these are gone: of a temporary queue that is removed its users stayed charged for them.
     */
    void purge(long most, Purge purge) throws Exception {
        everything = true;
        try {
            // not by how many are there, since others may come meanwhile
            long end = removed() + most;
            for (int i = 0; i < PURGES && removed() < end && count() > 0; i++) {
                purge.purge(end - removed());
                if (removed() < end && count() > 0) {
                    LockSupport.parkNanos(A_MOMENT);
                }
            }
        } finally {
            everything = false;
        }
    }

    /** @return how many have left the queue, ever */
    long removed() {
        return queue.getDestinationStatistics().getDequeues().getCount();
    }

    private long count() {
        return queue.getDestinationStatistics().getMessages().getCount();
    }
}
