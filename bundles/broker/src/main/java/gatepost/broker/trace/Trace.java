package gatepost.broker.trace;

import gatepost.broker.trace.TraceEvent.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.MessageId;

/**
 * The last events of each user's own queue, of so many users and no more: those whose queue nothing happened to for longest are
 * forgotten first. It is written to at every message: it is divided into parts that have a lock each.
 */
public final class Trace {

    /** A power of two. */
    private static final int PARTS = 16;
    /** 2 to the 32nd, divided by the golden ratio: multiplied by it, every bit of a number bears on the highest ones. */
    private static final int GOLDEN_RATIO = 0x9E3779B9;

    private static final String USER = "{user}";

    /** @param prefix and suffix what a user's queue has around the name */
    private record Remembered(String prefix, String suffix, int perPart, List<RecentQueues> parts) {

        Remembered(String prefix, String suffix, int perPart) {
            this(
                    prefix,
                    suffix,
                    perPart,
                    Stream.generate(() -> new RecentQueues(perPart))
                            .limit(PARTS)
                            .toList());
        }

        boolean isLike(Remembered other) {
            return prefix.equals(other.prefix) && suffix.equals(other.suffix) && perPart == other.perPart;
        }

        boolean covers(ActiveMQDestination destination) {
            if (perPart == 0 || destination == null || !destination.isQueue()) {
                return false;
            }
            String name = destination.getPhysicalName();
            return name.length() > prefix.length() + suffix.length()
                    && name.startsWith(prefix)
                    && name.endsWith(suffix);
        }

        String queue(String user) {
            return prefix + user + suffix;
        }

        /** Not by the bits of the hash by which a part finds its entries: they would be alike for all that is in it. */
        RecentQueues part(String name) {
            return parts.get(name.hashCode() * GOLDEN_RATIO >>> Integer.SIZE - Integer.numberOfTrailingZeros(PARTS));
        }
    }

    private volatile Remembered remembered = new Remembered("", "", 0);

    /**
     * @param queue name of a user's own queue, with {@code {user}} where the user's name stands
     * @param users remember so many, about; 0 for none
     */
    public void configure(String queue, int users) {
        int name = queue.indexOf(USER);
        Remembered next = new Remembered(
                queue.substring(0, name), queue.substring(name + USER.length()), (users + PARTS - 1) / PARTS);
        if (!next.isLike(remembered)) {
            remembered = next;
        }
    }

    /** @return whether events of this destination are remembered */
    boolean covers(ActiveMQDestination destination) {
        return remembered.covers(destination);
    }

    void add(ActiveMQDestination queue, Kind kind, MessageId message, Object who) {
        add(queue, kind, message, message, who);
    }

    /** Does nothing for a queue that is not covered. */
    void add(ActiveMQDestination queue, Kind kind, MessageId message, MessageId first, Object who) {
        Remembered now = remembered;
        if (!now.covers(queue)) {
            return;
        }
        long time = System.currentTimeMillis();
        RecentQueues part = now.part(queue.getPhysicalName());
        synchronized (part) {
            part.use(queue.getPhysicalName()).add(time, kind, message, first, who);
        }
    }

    /** It was not taken. */
    void refused(ActiveMQDestination queue, Kind kind, MessageId message, Object who, String why) {
        Remembered now = remembered;
        if (now.covers(queue)) {
            RecentQueues part = now.part(queue.getPhysicalName());
            synchronized (part) {
                part.use(queue.getPhysicalName()).add(System.currentTimeMillis(), kind, message, who, why);
            }
        }
    }

    /** As {@link #add}, of a queue of which something is remembered already: no other is forgotten for it. */
    void addToKnown(ActiveMQDestination queue, Kind kind, MessageId message, Object who) {
        inKnown(queue, ring -> ring.add(System.currentTimeMillis(), kind, message, message, who));
    }

    /** As {@link #refused}, of a queue of which something is remembered already. */
    void refusedByKnown(ActiveMQDestination queue, MessageId message, Object who, String why) {
        inKnown(queue, ring -> ring.add(System.currentTimeMillis(), Kind.REFUSED, message, who, why));
    }

    private void inKnown(ActiveMQDestination queue, Consumer<EventRing> writer) {
        Remembered now = remembered;
        if (now.covers(queue)) {
            RecentQueues part = now.part(queue.getPhysicalName());
            synchronized (part) {
                EventRing ring = part.find(queue.getPhysicalName());
                if (ring != null) {
                    writer.accept(ring);
                }
            }
        }
    }

    /** @return the name of a user's own queue */
    public String queue(String user) {
        return remembered.queue(user);
    }

    /** As the other one, of a queue whose messages are taken by whoever acknowledges them. */
    public List<MessageStory> of(String user) {
        return of(user, false);
    }

    /**
     * @param inbox whether every reader gets every message, and the user's own alone take them away
     * @return what is remembered of a user's messages, oldest first
     */
    public List<MessageStory> of(String user, boolean inbox) {
        Remembered now = remembered;
        String name = now.queue(user);
        RecentQueues part = now.part(name);
        synchronized (part) {
            EventRing ring = part.find(name);
            return ring == null ? List.of() : Telling.of(ring.oldestFirst(), reader -> !inbox || reader.isOf(user));
        }
    }

    /** @return whether something is remembered of a queue of that name once it happens */
    public boolean remembers(String queue) {
        return remembered.covers(new ActiveMQQueue(queue));
    }

    /** @return whether anything is remembered at all */
    public boolean isOn() {
        return remembered.perPart() > 0;
    }

    /** @return the users of whose messages something is remembered */
    public List<String> users() {
        Remembered now = remembered;
        List<String> users = new ArrayList<>();
        for (RecentQueues part : now.parts()) {
            synchronized (part) {
                part.names()
                        .forEach(name -> users.add(name.substring(
                                now.prefix().length(),
                                name.length() - now.suffix().length())));
            }
        }
        return users;
    }
}
