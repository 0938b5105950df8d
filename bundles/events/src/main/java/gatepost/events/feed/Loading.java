package gatepost.events.feed;

import gatepost.contracts.events.EventRecords;
import gatepost.events.note.EventName;
import gatepost.events.note.EventNote;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What was remembered for one subscriber. */
final class Loading {

    private final List<Pending> found;
    private final byte[] losses;
    private final Optional<Stop> stop;
    private final long highest;

    private Loading(List<Pending> found, byte[] losses, Optional<Stop> stop, long highest) {
        this.found = found;
        this.losses = losses;
        this.stop = stop;
        this.highest = highest;
    }

    static Loading of(EventRecords records, String subscriber, String target) throws IOException {
        Map<String, byte[]> ledger = records.ledger();
        List<Pending> found = new ArrayList<>();
        String prefix = EventName.prefix(subscriber);
        long[] highest = new long[1];
        records.forEach((queue, user, name, value) -> {
            Optional<EventNote> note = EventNote.of(value);
            note.ifPresent(one -> highest[0] = Math.max(highest[0], one.order()));
            if (name.startsWith(prefix) && note.isPresent()) {
                EventName.parse(name)
                        .ifPresent(parsed -> found.add(new Pending(
                                queue,
                                user,
                                parsed.type(),
                                name,
                                parsed.key(),
                                note.get().order(),
                                note.get().at())));
            }
        });
        found.sort(Comparator.comparingLong(event -> event.order));
        return new Loading(
                found,
                ledger.get(Losses.name(subscriber)),
                Stop.read(ledger.get(Stop.name(subscriber)), target),
                highest[0]);
    }

    byte[] losses() {
        return losses;
    }

    Optional<Stop> stop() {
        return stop;
    }

    /** @return the highest order of all events, whoever they are for */
    long highest() {
        return highest;
    }

    /** @return in their order, those left out that were reported meanwhile */
    List<Pending> withoutThoseIn(Backlog backlog) {
        Set<String> known = new HashSet<>();
        for (Pending event = backlog.oldest(); event != null; event = event.newer) {
            known.add(event.user + '\0' + event.name);
        }
        return known.isEmpty()
                ? found
                : found.stream()
                        .filter(event -> !known.contains(event.user + '\0' + event.name))
                        .toList();
    }
}
