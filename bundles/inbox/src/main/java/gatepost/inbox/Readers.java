package gatepost.inbox;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.activemq.broker.region.Subscription;

/** Who reads one inbox. Any thread. */
final class Readers {

    private final List<InboxReader> all = new CopyOnWriteArrayList<>();
    /** How often a message has gone that somebody may not have come to. */
    private int losses;
    /** The highest place of those. */
    private long highest = Long.MIN_VALUE;

    /**
     * @param lossesBefore when the reader's place was found: it is told of what has gone since then, rather once too often
     */
    synchronized void add(InboxReader reader, int lossesBefore) {
        all.add(reader);
        if (losses != lossesBefore) {
            reader.lost(highest);
        }
    }

    /** @return how often something has gone, for {@link #add} */
    synchronized int losses() {
        return losses;
    }

    /** A message that waited goes: whoever has not come to it never will. */
    synchronized void loses(long place) {
        count(place);
        all.forEach(reader -> reader.lost(place));
    }

    /** As {@link #loses}, of one that is done, and that many pass over. */
    synchronized void losesDone(long place) {
        count(place);
        all.forEach(reader -> reader.lostDone(place));
    }

    private void count(long place) {
        losses++;
        highest = Math.max(highest, place);
    }

    void remove(InboxReader reader) {
        all.remove(reader);
    }

    Optional<InboxReader> find(Subscription subscription) {
        return all.stream().filter(reader -> reader.is(subscription)).findFirst();
    }

    List<InboxReader> all() {
        return all;
    }

    List<Subscription> subscriptions() {
        return all.stream().map(InboxReader::subscription).toList();
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** There may be something for each of them. */
    void goOn() {
        all.forEach(InboxReader::goOn);
    }

    /** The log was emptied. */
    void purged() {
        all.forEach(InboxReader::purged);
    }

    /** @return the place that everybody who is there has passed */
    long slowest() {
        long slowest = Long.MAX_VALUE;
        for (InboxReader reader : all) {
            slowest = Math.min(slowest, reader.position());
        }
        return slowest;
    }
}
