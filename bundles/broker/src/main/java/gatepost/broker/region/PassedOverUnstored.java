package gatepost.broker.region;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.apache.activemq.broker.region.MessageReference;
import org.apache.activemq.broker.region.cursors.PendingMessageCursor;

/**
 * Messages that are in no store: they stay where ActiveMQ keeps such messages, in memory or on the disk for a while. What was looked at is
 * in a list of its own, behind those that were not.
 */
final class PassedOverUnstored implements PassedOver {

    private final Supplier<PendingMessageCursor> lists;
    /** To be looked at; none is empty but the first. */
    private final Deque<PendingMessageCursor> ahead = new ArrayDeque<>();

    private PendingMessageCursor seen;
    private MessageReference current;

    /** @param lists makes a list, which is started */
    PassedOverUnstored(Supplier<PendingMessageCursor> lists) {
        this.lists = lists;
    }

    @Override
    public boolean takes(MessageReference message) {
        return true;
    }

    @Override
    public int size() {
        int size = seen == null ? 0 : seen.size();
        for (PendingMessageCursor list : ahead) {
            size += list.size();
        }
        return size;
    }

    @Override
    public boolean add(MessageReference message) {
        if (seen == null) {
            seen = lists.get();
        }
        // of one that comes from the disk nobody counts the references
        boolean counted = message.getReferenceCount() > 0;
        try {
            if (!seen.tryAddMessageLast(message, 0)) {
                return false;
            }
        } catch (Exception e) {
            throw new IllegalStateException(message.getMessageId() + " cannot be passed over", e);
        }
        if (counted) {
            message.decrementReferenceCount();
        }
        return true;
    }

    @Override
    public void begin() {
        current = null;
        if (!ahead.isEmpty()) {
            ahead.getFirst().reset();
        }
    }

    @Override
    public void rewind() {
        if (seen != null) {
            ahead.addFirst(seen);
            seen = null;
            begin();
        }
    }

    @Override
    public boolean hasNext() {
        while (current == null && !ahead.isEmpty() && !ahead.getFirst().hasNext()) {
            destroy(ahead.removeFirst());
            begin();
        }
        return !ahead.isEmpty();
    }

    @Override
    public MessageReference current() {
        current = ahead.getFirst().next();
        return current;
    }

    @Override
    public boolean pass() {
        MessageReference message = current;
        remove();
        return add(message);
    }

    @Override
    public void remove() {
        ahead.getFirst().remove();
        current = null;
    }

    @Override
    public void end() {
        current = null;
        if (seen == null && ahead.isEmpty()) {
            return;
        }
        ahead.forEach(PendingMessageCursor::release);
        if (seen != null) {
            seen.release();
        }
        if (size() == 0) {
            close();
        }
    }

    @Override
    public void reread() {
        // they are in no store
    }

    @Override
    public void close() {
        ahead.forEach(PassedOverUnstored::destroy);
        ahead.clear();
        if (seen != null) {
            destroy(seen);
            seen = null;
        }
    }

    private static void destroy(PendingMessageCursor list) {
        try {
            list.destroy();
        } catch (Exception e) {
            throw new IllegalStateException("a list of messages cannot be closed", e);
        }
    }
}
