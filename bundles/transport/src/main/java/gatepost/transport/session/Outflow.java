package gatepost.transport.session;

import gatepost.contracts.inbox.LoadedInbox;
import gatepost.transport.connector.ConnectorOptions;
import gatepost.transport.metrics.TransportMetrics;
import io.netty.channel.Channel;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.broker.region.DestinationStatistics;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageDispatch;

/**
 * The messages that go out to one client. The broker's threads, which are never held up, hand them over; when too much waits in
 * the {@link Outbox}, the broker is told to dispatch no more.
 */
final class Outflow {

    /** So few messages are acknowledged without much being read for it. */
    private static final int FEW = 8;

    private final Channel channel;
    private final Lifecycle lifecycle;
    private final SerialExecutor executor;
    private final Session session;
    private final Outbox outbox;
    private final ConnectorOptions options;
    private final TransportMetrics metrics;
    private final Runnable unread;
    private final AtomicBoolean heldBack = new AtomicBoolean();
    /** Of states that wait to be written: an inbox goes on saying them, whatever waits. */
    private final AtomicLong stateBytes = new AtomicLong();

    /** @param unread runs when the client leaves too many states of its inbox unread; any thread */
    Outflow(
            Channel channel,
            Lifecycle lifecycle,
            SerialExecutor executor,
            Session session,
            Outbox outbox,
            ConnectorOptions options,
            TransportMetrics metrics,
            Runnable unread) {
        this.channel = channel;
        this.lifecycle = lifecycle;
        this.executor = executor;
        this.session = session;
        this.outbox = outbox;
        this.options = options;
        this.metrics = metrics;
        this.unread = unread;
    }

    /** Takes a message from the broker; any thread, never blocks. */
    void dispatch(MessageDispatch dispatch) {
        if (!lifecycle.is(Phase.SIGNED_IN)) {
            return;
        }
        Subscription subscription = session.subscriptions().of(dispatch);
        if (subscription == null) {
            return;
        }
        Delivery delivery = new Delivery(subscription, dispatch, this);
        if (delivery.isState() && stateBytes.addAndGet(delivery.size()) > options.outboundBytes()) {
            unread.run();
            return;
        }
        if (!subscription.holds(delivery, outbox)) {
            outbox.add(delivery);
        }
        if (outbox.messageBytes() > options.outboundBytes()) {
            session.subscriptions().holdBack();
            heldBack.set(true);
            // what waited may have been written between our look and now, and nobody would look again
            channel.eventLoop().execute(this::drained);
        }
    }

    /** A state waits no more; event loop only. */
    void stateLeaves(int size) {
        stateBytes.addAndGet(-size);
    }

    /** Something was taken from the outbox; event loop only. */
    void drained() {
        if (heldBack.get()
                && outbox.messageBytes() < options.outboundBytes() / 2
                && heldBack.compareAndSet(true, false)) {
            executor.execute(() -> {
                if (lifecycle.is(Phase.SIGNED_IN)) {
                    session.subscriptions().release();
                }
            });
        }
    }

    /** The socket has taken a message; event loop only. */
    void delivered(Subscription subscription, Message written) {
        metrics.delivered(written.getBrokerInTime(), subscription.since());
        if (!subscription.written(written.getMessageId())) {
            return;
        }
        Runnable acknowledge = () -> session.subscriptions().acknowledgeWritten(subscription);
        if (isLast(written)) {
            executor.executeHere(acknowledge);
        } else {
            executor.execute(acknowledge);
        }
    }

    /** Whether little else waits in its queue: after an acknowledgement more is read, from the disk perhaps. */
    private static boolean isLast(Message written) {
        if (!(written.getRegionDestination() instanceof Destination queue)) {
            return false;
        }
        if (queue instanceof LoadedInbox inbox) {
            return inbox.waiting() - inbox.inFlight() < FEW;
        }
        DestinationStatistics statistics = queue.getDestinationStatistics();
        return statistics.getMessages().getCount() - statistics.getInflight().getCount() < FEW;
    }
}
