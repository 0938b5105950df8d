package gatepost.inbox;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.activemq.broker.region.Subscription;

/** Who reads one inbox. Any thread. */
final class Readers {

    private final List<InboxReader> all = new CopyOnWriteArrayList<>();

    void add(InboxReader reader) {
        all.add(reader);
    }

    void remove(InboxReader reader) {
        all.remove(reader);
    }

    Optional<InboxReader> find(Subscription subscription) {
        return all.stream().filter(reader -> reader.is(subscription)).findFirst();
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
