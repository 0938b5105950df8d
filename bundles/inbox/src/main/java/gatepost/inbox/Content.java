package gatepost.inbox;

import gatepost.contracts.inbox.Mark;
import gatepost.contracts.inbox.MessageLog;
import gatepost.contracts.inbox.Room;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.apache.activemq.command.Message;

/**
 * What is in one inbox, each message at its place: the log in the store, and beside it what is not persistent, in one order. Any thread;
 * nothing waits for the disk unless it says so.
 */
final class Content {

    /** The message that came last, until everybody has it who is up to date: it need not be read from the disk. */
    record Latest(long place, Message message) {}

    private static final String DONE = "done";

    private final MessageLog log;
    private final UnstoredMessages unstored;
    private final Lingering lingering = new Lingering();
    private volatile Latest latest;

    Content(Room room) {
        this.log = room.log();
        this.unstored = new UnstoredMessages(room);
    }

    MessageLog log() {
        return log;
    }

    UnstoredMessages unstored() {
        return unstored;
    }

    Lingering lingering() {
        return lingering;
    }

    /** @return what is true of a message of the log, such as {@code done,read}; empty for nothing */
    String state(long offset) {
        boolean done = log.isDone(offset);
        Set<Mark> marks = log.marks(offset);
        if (marks.isEmpty()) {
            return done ? DONE : "";
        }
        StringJoiner state = new StringJoiner(",");
        if (done) {
            state.add(DONE);
        }
        marks.forEach(mark -> state.add(mark.name().toLowerCase(Locale.ROOT)));
        return state.toString();
    }

    /** @return how many messages are not done */
    long waiting() {
        return (long) log.waiting() + unstored.size();
    }

    /** @return the highest place that was given */
    long last() {
        return Math.max(log.head(), unstored.last());
    }

    boolean isWaiting(long place) {
        return log.isWaiting(place) || unstored.get(place) != null;
    }

    /** @return the next place of what is not done, {@link Long#MAX_VALUE} for none */
    long waitingAfter(long place) {
        return first(place, unstored::after, log::waitingAfter);
    }

    /** @return the places of what is not done, in order; each is looked for when it is asked for */
    LongStream waitingPlaces() {
        return LongStream.iterate(waitingAfter(Long.MIN_VALUE), place -> place != Long.MAX_VALUE, this::waitingAfter);
    }

    /** @return the next place of what is there, done or not, {@link Long#MAX_VALUE} for none */
    long after(long place) {
        return first(place, from -> Math.min(unstored.after(from), lingering.after(from)), log::after);
    }

    /**
     * What comes first, in memory or in the log. Both are numbered under one lock: whatever has a lower number than one that was seen is
     * there by then. So when nothing has come into memory meanwhile, the lower of both is the first. What a transaction sends has its
     * place before it is on the disk, and is not passed.
     */
    private long first(long place, LongUnaryOperator inMemory, LongUnaryOperator inLog) {
        while (true) {
            long before = inMemory.applyAsLong(place);
            long stored = inLog.applyAsLong(place);
            if (inMemory.applyAsLong(place) == before) {
                if (stored != Long.MAX_VALUE || before == Long.MAX_VALUE) {
                    return Math.min(stored, before);
                }
                return log.isPendingAfter(place) ? Long.MAX_VALUE : Math.min(before, inLog.applyAsLong(place));
            }
        }
    }

    /** A message has come, and is at hand until {@link #release}. */
    Latest arrived(long place, Message message) {
        Latest mine = new Latest(place, message);
        latest = mine;
        return mine;
    }

    void release(Latest message) {
        if (latest == message) {
            latest = null;
        }
    }

    /** @return the message of that place if it need not be read from the disk, or {@code null} */
    Message atHand(long place) {
        Latest last = latest;
        if (last != null && last.place() == place) {
            return last.message();
        }
        Message message = unstored.get(place);
        message = message == null ? lingering.get(place) : message;
        return message == null ? log.inMemory(place) : message;
    }

    /** @return the message of that place, read from the disk where it has to be, or {@code null} when it is gone */
    Message read(long place) throws IOException {
        Message message = atHand(place);
        return message == null ? log.read(place).orElse(null) : message;
    }

    /** @return the place behind which there are so many messages, done or not */
    long lastButFor(long count) {
        long left = (long) log.waiting() + log.history() + unstored.size() - count;
        long place = Long.MIN_VALUE;
        for (; left > 0 && after(place) != Long.MAX_VALUE; left--) {
            place = after(place);
        }
        return place;
    }
}
