package gatepost.inbox;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.activemq.command.Message;

/**
 * Messages that are done and stay nowhere, for as long as a subscription has not come to them: one tab must not take them away from
 * another that is a moment behind. There are few, or the oldest go. Any thread.
 */
final class Lingering {

    /** So many are kept for who is behind. */
    static final int MESSAGES = 100;
    /** Bytes of all of them. */
    static final long BYTES = 1 << 20;

    /** Made when there is something to keep: few inboxes ever have it. */
    private volatile NavigableMap<Long, Message> messages = Collections.emptyNavigableMap();

    private boolean made;
    private int count;
    private long bytes;

    /** @return the highest place of those that went for it although somebody had not come to them, {@link Long#MIN_VALUE} for none */
    synchronized long add(long place, Message message) {
        if (!made) {
            made = true;
            messages = new ConcurrentSkipListMap<>();
        }
        long lost = Long.MIN_VALUE;
        if (messages.put(place, message) == null) {
            count++;
            bytes += message.getSize();
        }
        while (count > MESSAGES || bytes > BYTES) {
            lost = remove(messages.firstEntry());
        }
        return lost;
    }

    /** Everybody who is there has passed that place. */
    synchronized void passed(long place) {
        for (Map.Entry<Long, Message> first = messages.firstEntry();
                first != null && first.getKey() <= place;
                first = messages.firstEntry()) {
            remove(first);
        }
    }

    private long remove(Map.Entry<Long, Message> entry) {
        messages.remove(entry.getKey());
        count--;
        bytes -= entry.getValue().getSize();
        return entry.getKey();
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** @return the message, or {@code null} */
    Message get(long place) {
        return messages.isEmpty() ? null : messages.get(place);
    }

    /** @return the next place, {@link Long#MAX_VALUE} for none */
    long after(long place) {
        Long next = messages.isEmpty() ? null : messages.higherKey(place);
        return next == null ? Long.MAX_VALUE : next;
    }
}
