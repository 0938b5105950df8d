package gatepost.events.feed;

import gatepost.contracts.events.EventSubscriber.Told;
import gatepost.contracts.events.EventType;
import gatepost.contracts.inbox.Note;
import gatepost.events.note.EventId;
import gatepost.events.note.EventNote;
import gatepost.events.note.Facts;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** How many events were lost of which a subscriber was not told yet, as the ledger has it. One thread. */
final class Losses {

    private static final String PREFIX = "lost:";
    private static final byte VERSION = 1;
    private static final int LENGTH = 33;

    private record Sum(long count, long from, long to, long number) {

        Sum plus(Sum other) {
            return count == 0
                    ? other
                    : new Sum(count + other.count, Math.min(from, other.from), Math.max(to, other.to), number);
        }
    }

    private static final Sum NONE = new Sum(0, 0, 0, 0);

    private final String subscriber;
    /** What is being told, and stays the same until it was taken. */
    private Sum telling = NONE;

    private Sum more = NONE;

    Losses(String subscriber) {
        this.subscriber = subscriber;
    }

    static String name(String subscriber) {
        return PREFIX + subscriber;
    }

    boolean isEmpty() {
        return telling.count + more.count == 0;
    }

    /** @param bytes what stands in the ledger; {@code null} for nothing */
    void read(byte[] bytes) {
        if (bytes != null && bytes.length >= LENGTH && bytes[0] == VERSION) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, LENGTH - 1);
            more = new Sum(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
        }
    }

    /** @param number tells this one from all others */
    void add(long count, long from, long to, long number) {
        more = more.plus(new Sum(count, from, to, number));
    }

    /** @return what {@link #back} returns to */
    Mark mark() {
        return new Mark(more);
    }

    void back(Mark mark) {
        more = mark.more;
    }

    /** A state before something was added. */
    static final class Mark {

        private final Sum more;

        private Mark(Sum more) {
            this.more = more;
        }
    }

    /** @return for the ledger */
    Note note() {
        Sum all = telling.plus(more);
        return new Note(
                name(subscriber),
                all.count == 0
                        ? null
                        : ByteBuffer.allocate(LENGTH)
                                .put(VERSION)
                                .putLong(all.count)
                                .putLong(all.from)
                                .putLong(all.to)
                                .putLong(all.number)
                                .array());
    }

    /** @return the same until {@link #taken}: what is lost meanwhile is told by the next one */
    Told told() {
        if (telling.count == 0) {
            telling = more;
            more = NONE;
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("count", telling.count);
        facts.put("from", telling.from);
        facts.put("to", telling.to);
        return new Told(
                EventId.of(EventType.EVENTS_LOST, subscriber, telling.number + "." + telling.count),
                EventType.EVENTS_LOST.text(),
                "",
                EventNote.told(EventType.EVENTS_LOST, telling.to, Facts.json(facts)));
    }

    void taken() {
        telling = NONE;
    }
}
