package gatepost.transport.session;

import gatepost.contracts.InboxState;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageDispatch;

/** A message on its way to a subscription, the broker's own until it is written, or the state of an inbox. */
final class Delivery implements Outbox.Item {

    private final Subscription subscription;
    private final MessageDispatch dispatch;
    private final Outflow outflow;
    private final int size;

    Delivery(Subscription subscription, MessageDispatch dispatch, Outflow outflow) {
        this.subscription = subscription;
        this.dispatch = dispatch;
        this.outflow = outflow;
        this.size = size(dispatch);
    }

    private static int size(MessageDispatch dispatch) {
        if (dispatch instanceof InboxState state) {
            return state.json().length();
        }
        return dispatch.getMessage() == null ? 0 : dispatch.getMessage().getSize();
    }

    boolean isState() {
        return dispatch instanceof InboxState;
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
        if (isState()) {
            outflow.stateLeaves(size);
        }
        return subscription.encode(dispatch, allocator);
    }

    @Override
    public void written() {
        Message message = dispatch.getMessage();
        if (message != null) {
            outflow.delivered(subscription, message);
        }
    }
}
