package gatepost.events.feed;

import gatepost.contracts.events.EventRecords;
import gatepost.events.note.EventName;
import gatepost.events.note.EventNote;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is remembered for subscribers that are not there any more: it is kept for one of the same name, until it is too old. */
public final class Leftovers {

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final long EVERY = TimeUnit.HOURS.toNanos(1);
    private static final long FIRST = TimeUnit.MINUTES.toNanos(1);

    private final Feed feed;
    private final Journal journal;
    private final Worker worker;
    private final Clocks clocks;
    private final Supplier<Limits> limits;

    private record Left(String queue, String name) {}

    public Leftovers(Feed feed, Journal journal, Worker worker, Clocks clocks, Supplier<Limits> limits) {
        this.feed = feed;
        this.journal = journal;
        this.worker = worker;
        this.clocks = clocks;
        this.limits = limits;
    }

    /** Looks again and again from now on. */
    public void start() {
        worker.later(FIRST, this::look);
    }

    private void look() {
        try {
            EventRecords records = journal.records();
            long before = clocks.millis() - limits.get().age().toMillis();
            List<Left> old = new ArrayList<>();
            records.forEach((queue, user, name, value) -> {
                boolean isOld =
                        EventNote.of(value).filter(note -> note.at() < before).isPresent();
                if (isOld
                        && EventName.parse(name)
                                .filter(parsed ->
                                        feed.sender(parsed.subscriber()).isEmpty())
                                .isPresent()) {
                    old.add(new Left(queue, name));
                }
            });
            for (Left one : old) {
                records.forget(one.queue(), one.name());
            }
            if (!old.isEmpty()) {
                LOG.info("{} events were forgotten that nobody wanted any more", old.size());
            }
        } catch (IOException e) {
            LOG.debug("looked at again later", e);
        }
        worker.later(EVERY, this::look);
    }
}
