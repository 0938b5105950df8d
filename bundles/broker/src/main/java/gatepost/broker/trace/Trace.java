package gatepost.broker.trace;

import gatepost.broker.trace.TraceEvent.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.command.ProducerId;

/**
 * The last events of each user's own queue, of so many users and no more: those whose queue nothing happened to for longest are
 * forgotten first. It is written to at every message: it is divided into parts that have a lock each, held for no more than a
 * look-up.
 */
public final class Trace {

    /** Enough for some twenty messages. */
    static final int EVENTS = 100;
    /** A power of two. */
    private static final int PARTS = 16;
    /** 2 to the 32nd, divided by the golden ratio: multiplied by it, every bit of a number bears on the highest ones. */
    private static final int GOLDEN_RATIO = 0x9E3779B9;
    private static final String USER = "{user}";

    /**
     * Events in a circle, kept in arrays: as objects of their own they would live just long enough to cost the collector most.
     * For the same reason a message's id is kept as what it is made of.
     */
    private static final class Ring {

        /** In place of the first message where that is the last one, too. */
        private static final Object SAME = new Object();

        private final long[] times = new long[EVENTS];
        private final Kind[] kinds = new Kind[EVENTS];
        private final ProducerId[] producers = new ProducerId[EVENTS];
        private final long[] numbers = new long[EVENTS];
        private final Object[] firsts = new Object[EVENTS];
        private final Object[] whos = new Object[EVENTS];
        private int next;

        void add(long time, Kind kind, MessageId message, MessageId first, Object who) {
            times[next] = time;
            kinds[next] = kind;
            producers[next] = message.getProducerId();
            numbers[next] = message.getProducerSequenceId();
            firsts[next] = first == null ? null : first.equals(message) ? SAME : first.toString();
            whos[next] = who;
            next = (next + 1) % EVENTS;
        }

        List<TraceEvent> oldestFirst() {
            List<TraceEvent> all = new ArrayList<>();
            for (int i = 0; i < EVENTS; i++) {
                int at = (next + i) % EVENTS;
                if (kinds[at] != null) {
                    String message = new MessageId(producers[at], numbers[at]).toString();
                    String first = firsts[at] == SAME ? message : (String) firsts[at];
                    all.add(new TraceEvent(times[at], kinds[at], message, first, whos[at]));
                }
            }
            return all;
        }
    }

    private final class Part extends LinkedHashMap<String, Ring> {

        private static final long serialVersionUID = 1L;

        Part() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Ring> eldest) {
            return size() > settings.perPart();
        }
    }

    /** @param prefix and suffix what a user's queue has around the name */
    private record Settings(String prefix, String suffix, int perPart) {
    }

    private final List<Part> parts = new ArrayList<>();
    private volatile Settings settings = new Settings("", "", 0);

    public Trace() {
        for (int i = 0; i < PARTS; i++) {
            parts.add(new Part());
        }
    }

    /**
     * @param queue name of a user's own queue, with {@code {user}} where the user's name stands
     * @param users remember so many, about; 0 for none
     */
    public void configure(String queue, int users) {
        int name = queue.indexOf(USER);
        Settings next = new Settings(queue.substring(0, name), queue.substring(name + USER.length()),
                (users + PARTS - 1) / PARTS);
        if (next.equals(settings)) {
            return;
        }
        settings = next;
        for (Part part : parts) {
            synchronized (part) {
                part.clear();
            }
        }
    }

    /** @return whether events of this destination are remembered */
    boolean covers(ActiveMQDestination destination) {
        Settings now = settings;
        if (now.perPart() == 0 || destination == null || !destination.isQueue()) {
            return false;
        }
        String name = destination.getPhysicalName();
        return name.length() > now.prefix().length() + now.suffix().length() && name.startsWith(now.prefix())
                && name.endsWith(now.suffix());
    }

    void add(ActiveMQDestination queue, Kind kind, MessageId message, Object who) {
        add(queue, kind, message, message, who);
    }

    void add(ActiveMQDestination queue, Kind kind, MessageId message, MessageId first, Object who) {
        long now = System.currentTimeMillis();
        String name = queue.getPhysicalName();
        Part part = part(name);
        synchronized (part) {
            Ring ring = part.get(name);
            if (ring == null) {
                ring = new Ring();
                part.put(name, ring);
            }
            ring.add(now, kind, message, first, who);
        }
    }

    /** @return what is remembered of a user's messages, oldest first */
    public List<MessageStory> of(String user) {
        Settings now = settings;
        String name = now.prefix() + user + now.suffix();
        Part part = part(name);
        synchronized (part) {
            Ring ring = part.get(name);
            return ring == null ? List.of() : MessageStory.of(ring.oldestFirst());
        }
    }

    /** @return whether anything is remembered at all */
    public boolean isOn() {
        return settings.perPart() > 0;
    }

    /** @return the users of whose messages something is remembered */
    public List<String> users() {
        Settings now = settings;
        List<String> users = new ArrayList<>();
        for (Part part : parts) {
            synchronized (part) {
                part.keySet().forEach(name ->
                        users.add(name.substring(now.prefix().length(), name.length() - now.suffix().length())));
            }
        }
        return users;
    }

    /** Not by the bits of the hash by which a part finds its entries: they would be alike for all that is in it. */
    private Part part(String name) {
        return parts.get(name.hashCode() * GOLDEN_RATIO >>> Integer.SIZE - Integer.numberOfTrailingZeros(PARTS));
    }
}
