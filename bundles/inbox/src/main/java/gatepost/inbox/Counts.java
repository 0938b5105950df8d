package gatepost.inbox;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.activemq.broker.region.DestinationStatistics;

/** What the broker counts of one inbox, in what it counts of all. Any thread. */
final class Counts {

    /** What the broker counts is not to know of it any more. */
    private static final long GONE = -1;

    private final DestinationStatistics statistics;
    private final Content content;
    private final AtomicLong counted = new AtomicLong();

    Counts(DestinationStatistics statistics, Content content) {
        this.statistics = statistics;
        this.content = content;
        recount();
    }

    /** What waits has changed: what the broker knows of it is made to agree. */
    void recount() {
        long now = content.waiting();
        long before = counted.getAndUpdate(last -> last == GONE ? GONE : now);
        if (before != GONE) {
            statistics.getMessages().add(now - before);
        }
    }

    void arrived() {
        statistics.getEnqueues().increment();
        recount();
    }

    void done() {
        statistics.getDequeues().increment();
        recount();
    }

    void expired() {
        statistics.getExpired().increment();
        recount();
    }

    /** What the broker counts in all is what its loaded queues hold: this one is not among them any more. */
    void gone() {
        long before = counted.getAndSet(GONE);
        if (before != GONE) {
            statistics.getMessages().subtract(before);
        }
    }
}
