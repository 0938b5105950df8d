package gatepost.inbox;

import gatepost.contracts.events.EventType;
import gatepost.contracts.inbox.Room;
import java.io.IOException;
import org.apache.activemq.command.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the oldest that wait in one inbox go when more do than may. Any thread; reads from the disk what goes, to say what it was. */
final class Overflow {

    private static final Logger LOG = LoggerFactory.getLogger(Overflow.class);

    /** Is told what goes. */
    interface Listener {

        void dropping(long place);

        void dropped(long place, Message message);
    }

    private final Room room;
    private final Content content;
    private final Reports reports;
    private final Listener listener;

    Overflow(Room room, Parts parts, Listener listener) {
        this.room = room;
        this.content = parts.content();
        this.reports = parts.reports();
        this.listener = listener;
    }

    /** Something has come. */
    void drop() {
        if (room.isOverfull()) {
            dropOldest();
        }
    }

    private synchronized void dropOldest() {
        while (room.isOverfull()) {
            long oldest = content.waitingAfter(Long.MIN_VALUE);
            if (oldest == Long.MAX_VALUE || !drop(oldest)) {
                return;
            }
        }
    }

    /** @return false when it cannot be read */
    private boolean drop(long place) {
        Message message;
        try {
            message = content.read(place);
        } catch (IOException e) {
            LOG.warn("the oldest message of {} cannot be read, and stays", room.name(), e);
            return false;
        }
        if (message == null || !content.isWaiting(place)) {
            // it has gone by itself
            return true;
        }
        listener.dropping(place);
        if (content.unstored().remove(place).isEmpty()) {
            reports.change(
                    EventType.MESSAGE_DROPPED,
                    place,
                    false,
                    notes -> content.log().remove(place, true, false, notes));
        }
        listener.dropped(place, message);
        room.dropped(message);
        return true;
    }
}
