package gatepost.broker.quota;

import gatepost.store.JournalStore;
import gatepost.store.queue.Yielded;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.activemq.usage.StoreUsage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the history of inboxes make way for what waits: when the store is nearly full the oldest messages that are done go, and nobody is
 * refused for a full store while there are any. Any thread; waits for the disk when it takes some.
 */
public final class MakingWay {

    /** Above so many percent of the store history begins to go, */
    static final int BEGIN_PERCENT = 80;
    /** and it goes until there is no more than this. */
    static final int END_PERCENT = 75;

    private static final Logger LOG = LoggerFactory.getLogger(MakingWay.class);
    /** One warning is enough for what is not longer apart than this. */
    private static final long QUIET = TimeUnit.MINUTES.toNanos(10);
    /** Looking for history costs time, which the looks that find none may take a part of, and no more. */
    private static final int PAUSES = 10;

    private final LongAdder messages = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private long lastWarning = System.nanoTime() - QUIET;
    private long nextLook = System.nanoTime();

    /** @return how many messages have gone for it */
    public long messages() {
        return messages.sum();
    }

    /** @return about how many bytes on the disk */
    public long bytes() {
        return bytes.sum();
    }

    /** Has as much go as is wanted. Called every few seconds. */
    public void look(StoreUsage usage) {
        boolean more = percent(usage) > BEGIN_PERCENT;
        while (more) {
            // in small parts, between which whoever must not be refused gets a turn
            more = take(usage, END_PERCENT, usage.getLimit() / 100);
        }
    }

    /** A message would be refused at so many percent: what is needed goes, if there is any. */
    void makeRoom(StoreUsage usage, int percent) {
        take(usage, percent - 1, usage.getLimit());
    }

    /** @return of its limit, not rounded */
    static double percent(StoreUsage usage) {
        return usage.getUsage() * 100.0 / usage.getLimit();
    }

    /**
     * @param percent to be reached
     * @param most no more bytes than this at a time
     * @return whether anything went
     */
    private synchronized boolean take(StoreUsage usage, int percent, long most) {
        long wanted = Math.min(most, usage.getUsage() - usage.getLimit() / 100 * percent);
        long begun = System.nanoTime();
        if (wanted <= 0 || begun - nextLook < 0 || !(usage.getStore() instanceof JournalStore store)) {
            return false;
        }
        Yielded gone = store.yieldHistory(wanted);
        if (gone.messages() == 0) {
            long now = System.nanoTime();
            nextLook = now + PAUSES * (now - begun);
            return false;
        }
        messages.add(gone.messages());
        bytes.add(gone.bytes());
        if (begun - lastWarning >= QUIET) {
            LOG.warn(
                    "the store holds more than {} percent of its {} bytes (store.limit): the oldest messages of inboxes that are done go",
                    BEGIN_PERCENT,
                    usage.getLimit());
        }
        lastWarning = begun;
        return true;
    }
}
