package gatepost.broker.region;

import gatepost.contracts.inbox.LoadedInbox;
import jakarta.jms.JMSException;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.thread.TaskRunnerFactory;
import org.apache.activemq.usage.SystemUsage;

/**
 * A subscription to many queues. ActiveMQ's wakes every one of them at every acknowledgement: to read a message from each of them
 * takes the square of their number. This one does so only when it was full while something waited for it, one queue after
 * another from where it was full the last time, on a thread of the broker's pool, until it is full again.
 */
final class BroadSubscription extends InboxSubscription {

    private final TaskRunnerFactory tasks;
    private final AtomicBoolean dispatching = new AtomicBoolean();
    /** Whether something may wait in a queue because this was full. */
    private volatile boolean backlog;

    private int next;

    BroadSubscription(
            Broker broker, SystemUsage usage, ConnectionContext context, ConsumerInfo info, TaskRunnerFactory tasks)
            throws JMSException {
        super(broker, usage, context, info);
        this.tasks = tasks;
    }

    /** A queue has something for it, and it is full; any thread. */
    void noteBacklog() {
        backlog = true;
        // room that was made before this was said has woken nobody
        wakeupDestinationsForDispatch();
    }

    @Override
    public boolean isSlowConsumer() {
        return backlog;
    }

    @Override
    public void setSlowConsumer(boolean slow) {
        if (slow) {
            noteBacklog();
        }
    }

    @Override
    public void wakeupDestinationsForDispatch() {
        if (backlog && !isFull() && dispatching.compareAndSet(false, true)) {
            tasks.execute(this::dispatchBacklog);
        }
    }

    private void dispatchBacklog() {
        try {
            backlog = false;
            int start = Math.min(next, destinations.size());
            if (dispatch(destinations.listIterator(start), start, Integer.MAX_VALUE)) {
                dispatch(destinations.iterator(), 0, start);
            }
        } finally {
            dispatching.set(false);
        }
        wakeupDestinationsForDispatch();
    }

    /** @return whether there is still room, so that those after them get their turn */
    private boolean dispatch(Iterator<Destination> queues, int from, int to) {
        for (next = from; queues.hasNext() && next < to; next++) {
            Destination queue = queues.next();
            if (queue instanceof LoadedInbox inbox) {
                inbox.dispatchTo(this);
                continue;
            }
            if (queue.getDestinationStatistics().getMessages().getCount() == 0) {
                continue;
            }
            if (isFull()) {
                backlog = true;
                return false;
            }
            // the region has no others
            ((UnloadableQueue) queue).dispatchHere();
        }
        return true;
    }
}
