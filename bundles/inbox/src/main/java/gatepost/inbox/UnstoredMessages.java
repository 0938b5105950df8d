package gatepost.inbox;

import gatepost.contracts.inbox.Room;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.command.Message;

/** Messages of one inbox that are not persistent: they wait in memory, in one order with the others. Any thread; added one at a time. */
final class UnstoredMessages {

    private final Room room;
    /** Made with the first of them. */
    private volatile NavigableMap<Long, Message> messages = Collections.emptyNavigableMap();

    private volatile long last;
    private final AtomicInteger size = new AtomicInteger();

    UnstoredMessages(Room room) {
        this.room = room;
    }

    void add(long place, Message message) {
        message.incrementReferenceCount();
        if (last == 0) {
            messages = new ConcurrentSkipListMap<>();
        }
        messages.put(place, message);
        last = place;
        size.incrementAndGet();
        room.held(message);
    }

    /** @return the highest place that one of them has had */
    long last() {
        return last;
    }

    /** @return the message, or {@code null} */
    Message get(long place) {
        return messages.isEmpty() ? null : messages.get(place);
    }

    /** @return the next place, {@link Long#MAX_VALUE} for none */
    long after(long place) {
        if (messages.isEmpty()) {
            return Long.MAX_VALUE;
        }
        Long next = messages.higherKey(place);
        return next == null ? Long.MAX_VALUE : next;
    }

    /** @return what was there */
    Optional<Message> remove(long place) {
        Message gone = messages.isEmpty() ? null : messages.remove(place);
        if (gone != null) {
            size.decrementAndGet();
            gone.decrementReferenceCount();
            room.released(gone);
        }
        return Optional.ofNullable(gone);
    }

    int size() {
        return size.get();
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    void clear() {
        for (Map.Entry<Long, Message> left : messages.entrySet()) {
            remove(left.getKey());
        }
    }
}
