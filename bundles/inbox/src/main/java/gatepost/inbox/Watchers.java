package gatepost.inbox;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.activemq.broker.region.Subscription;

/** Who watches the state of one inbox. Any thread; nobody here costs nothing. */
final class Watchers {

    /** What has changed about some messages; the names stand in what watchers get. */
    enum Change {
        READ,
        UNREAD,
        ARCHIVED,
        DONE,
        /** Gone: taken back, replaced, or expired. */
        WITHDRAWN
    }

    private final List<Watcher> all = new CopyOnWriteArrayList<>();

    void add(Watcher watcher) {
        all.add(watcher);
        watcher.changed();
    }

    /** @return whether it was there */
    boolean remove(Subscription subscription) {
        return all.removeIf(watcher -> watcher.is(subscription));
    }

    List<Subscription> subscriptions() {
        return all.stream().map(Watcher::subscription).toList();
    }

    /** How much is in the inbox has changed. */
    void counted() {
        all.forEach(Watcher::changed);
    }

    void changed(Change change, long offset) {
        if (!all.isEmpty()) {
            changed(change, List.of(offset));
        }
    }

    void changed(Change change, List<Long> offsets) {
        for (Watcher watcher : all) {
            watcher.changed(change, offsets);
        }
    }

    /** Everything has changed. */
    void reload() {
        all.forEach(Watcher::reload);
    }
}
