package gatepost.transport.session;

import gatepost.transport.metrics.TransportMetrics;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageDispatch;

/** A message on its way to a subscription: the broker's own until it is written. */
final class Delivery implements Outbox.Item {

    private final Subscription subscription;
    private final MessageDispatch dispatch;
    private final TransportMetrics metrics;
    private final Runnable acknowledge;
    private final int size;

    /** @param acknowledge called on the event loop when something was written that has to be acknowledged for the client */
    Delivery(Subscription subscription, MessageDispatch dispatch, TransportMetrics metrics, Runnable acknowledge) {
        this.subscription = subscription;
        this.dispatch = dispatch;
        this.metrics = metrics;
        this.acknowledge = acknowledge;
        this.size = dispatch.getMessage() == null ? 0 : dispatch.getMessage().getSize();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean isMessage() {
        return true;
    }

    @Override
    public ByteBuf encode(ByteBufAllocator allocator) throws IOException {
        return subscription.encode(dispatch, allocator);
    }

    @Override
    public void written() {
        Message message = dispatch.getMessage();
        if (message == null) {
            return;
        }
        metrics.delivered(message.getBrokerInTime(), subscription.since());
        if (subscription.written(message.getMessageId())) {
            acknowledge.run();
        }
    }
}
