package gatepost.broker.presence;

import gatepost.contracts.Account;
import gatepost.contracts.PresenceTopics;
import gatepost.contracts.PresenceWatcher;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageDispatch;

/** One client's subscription to who is on line. Its window is the consumer's, as with any other: the transport narrows it. Any thread. */
final class PresenceSubscription implements PresenceWatcher {

    private final ConnectionContext context;
    private final ConsumerInfo info;
    private final List<String> names;
    private final AtomicInteger unacknowledged = new AtomicInteger();
    private volatile boolean waiting;
    private volatile boolean closed;

    PresenceSubscription(ConnectionContext context, ConsumerInfo info) {
        this.context = context;
        this.info = info;
        this.names = PresenceTopics.names(info.getDestination());
    }

    /** Says to the broker that no region knows of the message. */
    static final class Dispatch extends MessageDispatch {}

    @Override
    public Optional<Account> account() {
        return Account.of(context);
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public boolean hasRoom() {
        return unacknowledged.get() < info.getPrefetchSize();
    }

    @Override
    public boolean awaitRoom() {
        waiting = true;
        // or it came between the last look and now, and nobody would say so
        return hasRoom();
    }

    @Override
    public void deliver(Message message) {
        if (closed) {
            return;
        }
        unacknowledged.incrementAndGet();
        MessageDispatch dispatch = new Dispatch();
        dispatch.setConsumerId(info.getConsumerId());
        dispatch.setDestination(message.getDestination());
        dispatch.setMessage(message);
        context.getConnection().dispatchAsync(dispatch);
    }

    /** @return whether somebody waits for the room that there is now */
    boolean acknowledged(int messages) {
        unacknowledged.addAndGet(-messages);
        return isAwaited();
    }

    /** @return as above */
    boolean window(int messages) {
        info.setPrefetchSize(messages);
        return isAwaited();
    }

    private boolean isAwaited() {
        if (!waiting || !hasRoom()) {
            return false;
        }
        waiting = false;
        return true;
    }

    void close() {
        closed = true;
    }
}
