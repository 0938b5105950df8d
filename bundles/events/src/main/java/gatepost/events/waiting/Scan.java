package gatepost.events.waiting;

import gatepost.contracts.Durability;
import gatepost.contracts.events.EventRecords;
import gatepost.contracts.events.EventRecords.WaitingMessage;
import gatepost.contracts.events.EventReport;
import gatepost.contracts.events.EventType;
import gatepost.contracts.events.UserEvent;
import gatepost.events.feed.Feed;
import gatepost.events.feed.Sender;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reports each message that it reads to one subscriber, as one that was not read. */
final class Scan implements EventRecords.MessageReader {

    private static final int AT_ONCE = 1_000;

    private final EventRecords records;
    private final Feed feed;
    private final Sender to;
    private final long millis;
    private final List<Durability> written = new ArrayList<>();
    private long upTo;

    Scan(EventRecords records, Feed feed, Sender to, long millis, long upTo) {
        this.records = records;
        this.feed = feed;
        this.to = to;
        this.millis = millis;
        this.upTo = upTo;
    }

    /** @return up to which offset all were reported that wait */
    long upTo() {
        return upTo;
    }

    /** @return safe when all reports are */
    Durability written() {
        return written.isEmpty() ? Durability.alreadySafe() : Durability.ofAll(written);
    }

    @Override
    public void read(WaitingMessage message) throws IOException {
        if (message.offset() > upTo) {
            return;
        }
        if (isYoung(message)) {
            // its offset was another message's, which a crash has taken: the next scan looks at it again
            upTo = message.offset() - 1;
            return;
        }
        Map<String, Object> more = new LinkedHashMap<>();
        message.trace().ifPresent(trace -> trace.addTo(more));
        message.came().ifPresent(came -> more.put("sent", came));
        EventReport report = feed.about(
                UserEvent.ofMessage(
                        EventType.MESSAGE_UNDELIVERED,
                        message.user(),
                        message.queue(),
                        message.epoch(),
                        message.offset(),
                        message.id(),
                        millis,
                        more),
                to);
        Optional<Durability> stored;
        try {
            stored = records.note(message, report.notes());
        } catch (IOException | RuntimeException e) {
            report.dropped();
            throw e;
        }
        if (stored.isEmpty()) {
            report.dropped(); // done meanwhile
            return;
        }
        report.written(message.queue(), stored.get());
        keep(stored.get());
    }

    /** What is under way is bounded: the disk says how fast this goes. */
    private void keep(Durability stored) throws IOException {
        if (!stored.isSafe()) {
            written.add(stored);
        }
        if (written.size() >= AT_ONCE) {
            Durability.ofAll(written).await();
            written.clear();
        }
    }

    private boolean isYoung(WaitingMessage message) {
        if (message.came().isEmpty()) {
            return false;
        }
        long waited = millis - message.came().getAsLong();
        return waited >= 0 && waited < to.subscriber().after().toMillis();
    }
}
