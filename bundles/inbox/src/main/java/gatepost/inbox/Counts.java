package gatepost.inbox;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.activemq.broker.region.DestinationStatistics;

/** What the broker counts of one inbox. Any thread. */
final class Counts {

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
        statistics.getMessages().add(now - counted.getAndSet(now));
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

    /** What the broker counts in all is what its loaded queues hold. */
    void unload() {
        statistics.getMessages().subtract(counted.getAndSet(0));
    }
}
