package gatepost.store.queue;

import gatepost.store.journal.Location;
import gatepost.store.journal.Operation;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the oldest of all history go. Numbers are given in one order over all queues, so that the oldest are those up to one number. It is
 * found by going through all history a few times with counters for parts of it: sorted, it would not fit on the heap.
 */
final class OldestHistory {

    private static final Logger LOG = LoggerFactory.getLogger(OldestHistory.class);
    private static final int PARTS = 4_096;
    /** So many records may be on their way to the disk: each of them is an object. */
    private static final int STEP = 10_000;

    private static final long PATIENCE_SECONDS = 10;

    private final QueueStores stores;

    OldestHistory(QueueStores stores) {
        this.stores = stores;
    }

    /**
     * Waits for the disk.
     *
     * @param wanted so many bytes go at least, and an eighth more at most where messages are small; or all
     */
    synchronized Yielded makeWay(long wanted) {
        long oldest = oldest();
        if (oldest == Long.MAX_VALUE || wanted <= 0) {
            return new Yielded(0, 0);
        }
        return new Sweep(newest(oldest, wanted)).run();
    }

    /** @return the lowest number of what is done, {@link Long#MAX_VALUE} for none */
    private long oldest() {
        long oldest = Long.MAX_VALUE;
        for (StoredMessages store : stores.messages()) {
            oldest = Math.min(oldest, next(store, Long.MIN_VALUE));
        }
        return oldest;
    }

    /** @return the highest number of what has to go */
    private long newest(long oldest, long wanted) {
        long low = oldest;
        long high = Math.max(low, stores.lastSequence());
        long left = wanted;
        while (true) {
            long width = (high - low) / PARTS + 1;
            long[] parts = bytes(low, high, width);
            int part = 0;
            while (part < PARTS - 1 && left > parts[part]) {
                left -= parts[part];
                part++;
            }
            low += part * width;
            high = Math.min(high, low + width - 1);
            if (low >= high || parts[part] <= wanted / 8) {
                return high;
            }
        }
    }

    /** @return how many bytes there are in each part between those numbers */
    private long[] bytes(long low, long high, long width) {
        long[] parts = new long[PARTS];
        for (StoredMessages messages : stores.messages()) {
            synchronized (messages) {
                Contents contents = messages.contents();
                for (long next = contents.history().next(low - 1);
                        next <= high;
                        next = contents.history().next(next)) {
                    parts[(int) ((next - low) / width)] += size(contents.get(next));
                }
            }
        }
        return parts;
    }

    private static long next(StoredMessages messages, long sequence) {
        synchronized (messages) {
            return messages.contents().history().next(sequence);
        }
    }

    /** What is not written yet takes nothing. */
    private static long size(long location) {
        return location > 0 ? Location.size(location) : 0;
    }

    /** Takes away all up to one number, no faster than the disk takes the records of it. */
    private final class Sweep {

        private final long newest;
        private long count;
        private long bytes;

        Sweep(long newest) {
            this.newest = newest;
        }

        Yielded run() {
            try {
                for (StoredMessages store : stores.messages()) {
                    sweep(store);
                }
            } catch (IOException e) {
                LOG.warn("history could not make way for what waits", e);
            }
            return new Yielded(count, bytes);
        }

        private void sweep(StoredMessages messages) throws IOException {
            for (long next = next(messages, Long.MIN_VALUE); next <= newest; next = next(messages, next)) {
                long size = size(messages.location(next));
                boolean waits = (count + 1) % STEP == 0;
                Operation record = messages.makeWay(next, waits);
                if (record != null) {
                    count++;
                    bytes += size;
                    if (waits) {
                        record.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    }
                }
            }
        }
    }
}
