package gatepost.inbox;

import gatepost.contracts.Durability;
import gatepost.contracts.inbox.MessageLog;
import gatepost.contracts.inbox.TakenAway;
import gatepost.inbox.InboxService.Whose;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What operators see of one inbox, and do to it while it is loaded. Any thread. */
final class InboxDesk {

    private final Inbox inbox;
    private final Parts parts;
    private final Content content;

    InboxDesk(Inbox inbox) {
        this.inbox = inbox;
        this.parts = inbox.parts();
        this.content = parts.content();
    }

    /** @param loaded whether it was so before */
    InboxReport report(Whose whose, boolean loaded) {
        MessageLog log = content.log();
        long seen = parts.read().seen();
        return new InboxReport(
                whose.user(),
                whose.kind(),
                inbox.getName(),
                loaded,
                content.waiting(),
                log.history(),
                log.historyBytes(),
                log.epoch(),
                log.head(),
                seen,
                log.above(seen),
                log.unread(),
                parts.devices().all().stream()
                        .map(DeviceReport::of)
                        .sorted(Comparator.comparing(DeviceReport::account).thenComparing(DeviceReport::name))
                        .toList(),
                readers());
    }

    private List<ReaderReport> readers() {
        List<ReaderReport> readers = new ArrayList<>(
                parts.readers().all().stream().map(ReaderReport::of).toList());
        parts.watchers().subscriptions().forEach(watcher -> readers.add(ReaderReport.watching(watcher)));
        return readers;
    }

    /** Makes messages done that wait; returns when that is on the disk. @return those that have become so */
    List<Long> done(Collection<Long> offsets) throws IOException {
        List<Long> done = new ArrayList<>();
        List<Durability> changes = new ArrayList<>();
        for (long offset : offsets) {
            Optional<Durability> change =
                    inbox.settlement().done(inbox, offset, TakenAway.BY_OPERATOR, Optional.empty());
            if (change.isPresent()) {
                done.add(offset);
                changes.add(change.get());
            }
        }
        for (Durability change : changes) {
            change.await();
        }
        return done;
    }

    /** As {@link #done}, all up to that one, itself included. */
    List<Long> doneUpTo(long offset) throws IOException {
        return done(content.waitingPlaces()
                .takeWhile(place -> place <= offset)
                .boxed()
                .toList());
    }

    /** As {@link #done}, all that wait now. */
    List<Long> doneAll() throws IOException {
        return doneUpTo(content.last());
    }

    void purge() throws Exception {
        inbox.purge();
    }

    /** Everything goes, what a purge leaves included. */
    void erase() throws Exception {
        inbox.erase();
    }
}
