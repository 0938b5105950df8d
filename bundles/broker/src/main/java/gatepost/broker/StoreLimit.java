package gatepost.broker;

import gatepost.threads.RepeatedTask;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.usage.StoreUsage;

/**
 * Keeps the store's limit at what is configured, or at what the disk has room for while that is less: other programs fill disks
 * too. ActiveMQ lowers the limit in such a case, and never raises it again.
 */
final class StoreLimit {

    private static final long CHECK_MILLIS = 2_000;

    private final Path folder;
    private final StoreUsage usage;
    private long configured;

    private StoreLimit(Path folder, StoreUsage usage, long configured) {
        this.folder = folder;
        this.usage = usage;
        this.configured = configured;
    }

    /** Looks from now on until the broker stops. */
    static StoreLimit watch(BrokerService broker, BrokerSettings settings) {
        StoreLimit limit = new StoreLimit(
                settings.fixed().data(),
                broker.getSystemUsage().getStoreUsage(),
                settings.live().storeLimit());
        limit.check();
        broker.getScheduler()
                .executePeriodically(new RepeatedTask("the look at the disk's room", limit::check), CHECK_MILLIS);
        return limit;
    }

    synchronized void limit(long bytes) {
        configured = bytes;
        check();
    }

    private synchronized void check() {
        // without a folder nothing is kept on a disk
        long room = Files.isDirectory(folder) ? folder.toFile().getUsableSpace() + usage.getUsage() : Long.MAX_VALUE;
        long limit = Math.min(configured, Math.max(1, room));
        if (usage.getLimit() != limit) {
            usage.setLimit(limit);
        }
    }
}
