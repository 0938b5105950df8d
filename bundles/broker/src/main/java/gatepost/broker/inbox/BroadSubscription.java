package gatepost.broker.inbox;

import jakarta.jms.JMSException;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.broker.region.QueueSubscription;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.thread.TaskRunnerFactory;
import org.apache.activemq.usage.SystemUsage;

/**
 * A subscription to many queues. ActiveMQ's wakes every one of them at every acknowledgement: to read a message from each of them
 * takes the square of their number. This one does so only when it was full while something waited for it, one queue after
 * another from where it was full the last time, on a thread of the broker's pool, until it is full again.
 */
final class BroadSubscription extends QueueSubscription {

    private final TaskRunnerFactory tasks;
    private final AtomicBoolean looking = new AtomicBoolean();
    /** Whether something may wait in a queue because this was full. */
    private volatile boolean heldBack;
    private int next;

    BroadSubscription(Broker broker, SystemUsage usage, ConnectionContext context, ConsumerInfo info, TaskRunnerFactory tasks)
            throws JMSException {
        super(broker, usage, context, info);
        this.tasks = tasks;
    }

    /** A queue has something for it, and it is full; any thread. */
    void holdBack() {
        heldBack = true;
        // room that was made before this was said has woken nobody
        wakeupDestinationsForDispatch();
    }

    @Override
    public boolean isSlowConsumer() {
        return heldBack;
    }

    @Override
    public void setSlowConsumer(boolean slow) {
        if (slow) {
            holdBack();
        }
    }

    @Override
    public void wakeupDestinationsForDispatch() {
        if (heldBack && !isFull() && looking.compareAndSet(false, true)) {
            tasks.execute(this::look);
        }
    }

    private void look() {
        try {
            heldBack = false;
            int start = Math.min(next, destinations.size());
            if (wake(destinations.listIterator(start), start, Integer.MAX_VALUE)) {
                wake(destinations.iterator(), 0, start);
            }
        } finally {
            looking.set(false);
        }
        wakeupDestinationsForDispatch();
    }

    /** @return whether there is still room, so that those after them can be looked at */
    private boolean wake(Iterator<Destination> queues, int from, int to) {
        for (next = from; queues.hasNext() && next < to; next++) {
            Destination queue = queues.next();
            if (queue.getDestinationStatistics().getMessages().getCount() == 0) {
                continue;
            }
            if (isFull()) {
                heldBack = true;
                return false;
            }
            // the region has no others
            ((InboxQueue) queue).dispatchHere();
        }
        return true;
    }
}
