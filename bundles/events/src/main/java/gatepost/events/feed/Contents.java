package gatepost.events.feed;

import gatepost.contracts.events.EventRecords;
import gatepost.contracts.events.EventRecords.WaitingMessage;
import gatepost.contracts.events.EventSubscriber.Told;
import gatepost.contracts.events.EventType;
import gatepost.events.note.EventId;
import gatepost.events.note.EventNote;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads what is to be said of an event when its turn has come. */
final class Contents {

    /**
     * What was found.
     *
     * @param told nothing for an event that need not be told any more
     * @param forget whether it is to be forgotten without being told
     */
    record Content(Optional<Told> told, boolean forget) {

        private static final Content GONE = new Content(Optional.empty(), false);
        private static final Content OVER = new Content(Optional.empty(), true);
    }

    private Contents() {}

    static Content of(EventRecords records, Pending event, Set<EventType> wanted) throws IOException {
        Optional<byte[]> bytes = records.read(event.queue, event.name);
        if (bytes.isEmpty()) {
            return Content.GONE; // with its user
        }
        Optional<EventNote> note = EventNote.of(bytes.get());
        if (note.isEmpty() || !wanted.contains(event.type) || isDone(records, event)) {
            return Content.OVER;
        }
        return new Content(
                Optional.of(new Told(
                        id(event), event.type.text(), event.user, note.get().told(event.user))),
                false);
    }

    /** Nobody hears that a message was not read which meanwhile was. */
    private static boolean isDone(EventRecords records, Pending event) throws IOException {
        if (event.type != EventType.MESSAGE_UNDELIVERED) {
            return false;
        }
        return waiting(event).isEmpty() || !records.isWaiting(waiting(event).get());
    }

    private static Optional<WaitingMessage> waiting(Pending event) {
        int dot = event.key.lastIndexOf('.');
        try {
            return Optional.of(new WaitingMessage(
                    event.queue,
                    event.user,
                    event.key.substring(0, Math.max(dot, 0)),
                    Long.parseLong(event.key.substring(dot + 1)),
                    Optional.empty(),
                    OptionalLong.empty(),
                    Optional.empty()));
        } catch (NumberFormatException e) {
            return Optional.empty(); // not written by this
        }
    }

    static String id(Pending event) {
        // its queue is not known before it is safe
        String queue = event.queue;
        return queue == null ? "" : EventId.of(event.type, queue, event.key);
    }

    static long from(List<Pending> events) {
        return events.stream().mapToLong(event -> event.at).min().orElse(0);
    }

    static long to(List<Pending> events) {
        return events.stream().mapToLong(event -> event.at).max().orElse(0);
    }
}
