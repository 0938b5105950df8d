package gatepost.broker.trace;

import gatepost.broker.trace.TraceEvent.Kind;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.command.ProducerId;

/**
 * The last events of one queue, in a circle. It is written to several times for each message, and lives long: a collection of
 * the young generation looks through every part of old objects in which a reference was written since the last one. So numbers
 * are kept wherever that is possible, the references of an event are side by side, and a ring is used again for another queue.
 *
 * <p>Belongs to its {@link RecentQueues}.
 */
final class EventRing {

    /** Enough for some twenty messages. */
    static final int EVENTS = 100;

    private static final Kind[] KINDS = Kind.values();
    private static final int REFERENCES = 3;
    private static final int PRODUCER = 0;
    private static final int WHO = 1;
    /** Of an acknowledgement, which message was the first; of a refusal, why. */
    private static final int FIRST = 2;
    /** In place of the first message where that is the last one, too. */
    private static final Object SAME = new Object();

    private final int number;
    private String queue;
    private final long[] times = new long[EVENTS];
    private final byte[] kinds = new byte[EVENTS];
    private final long[] messages = new long[EVENTS];
    private final Object[] references = new Object[EVENTS * REFERENCES];
    private int next;
    private int size;

    /** @param number of this ring among those of its {@link RecentQueues} */
    EventRing(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    String queue() {
        return queue;
    }

    /** From now on it is that queue's, and empty. What events of another one referred to is kept until it is written over. */
    void reset(String name) {
        queue = name;
        next = 0;
        size = 0;
    }

    void add(long time, Kind kind, MessageId message, MessageId first, Object who) {
        put(time, kind, message, first == null ? null : first.equals(message) ? SAME : first.toString(), who);
    }

    /** @param why it is so; one text for all of which the same is to be said, since it is kept */
    void add(long time, Kind kind, MessageId message, Object who, String why) {
        put(time, kind, message, why, who);
    }

    private void put(long time, Kind kind, MessageId message, Object first, Object who) {
        times[next] = time;
        kinds[next] = (byte) kind.ordinal();
        messages[next] = message.getProducerSequenceId();
        refer(PRODUCER, message.getProducerId());
        refer(WHO, who);
        refer(FIRST, first);
        next = (next + 1) % EVENTS;
        size = Math.min(size + 1, EVENTS);
    }

    /** Of the same publisher to the same reader, the next message writes what is there already. */
    private void refer(int which, Object value) {
        int at = next * REFERENCES + which;
        if (references[at] != value) {
            references[at] = value;
        }
    }

    List<TraceEvent> oldestFirst() {
        List<TraceEvent> all = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int at = (next + EVENTS - size + i) % EVENTS;
            Object first = references[at * REFERENCES + FIRST];
            String message =
                    new MessageId((ProducerId) references[at * REFERENCES + PRODUCER], messages[at]).toString();
            Kind kind = KINDS[kinds[at]];
            boolean refusal = kind == Kind.DENIED || kind == Kind.REFUSED;
            all.add(new TraceEvent(
                    times[at],
                    kind,
                    message,
                    first == SAME || refusal ? message : (String) first,
                    references[at * REFERENCES + WHO],
                    refusal && first != SAME ? (String) first : ""));
        }
        return all;
    }
}
