package gatepost.broker;

import gatepost.broker.plugin.CompositeSends;
import gatepost.broker.plugin.SelectorFilter;
import gatepost.broker.quota.Ledger;
import gatepost.broker.region.BoundedPendingCursor;
import gatepost.broker.region.MemoryBrokerService;
import gatepost.broker.region.UnloadingBrokerService;
import gatepost.broker.selector.Selectors;
import gatepost.store.JournalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.region.policy.PolicyEntry;
import org.apache.activemq.broker.region.policy.PolicyMap;
import org.apache.activemq.store.SharedFileLocker;
import org.apache.activemq.store.kahadb.KahaDBPersistenceAdapter;
import org.apache.activemq.store.kahadb.disk.journal.Journal.JournalDiskSyncStrategy;
import org.apache.activemq.usage.SystemUsage;

/** Puts a {@link BrokerService} together from settings; starts nothing. */
final class BrokerAssembly {

    private static final int JOURNAL_FILE_BYTES = 32 << 20;
    private static final int INDEX_CACHE_PAGES = 10_000;
    private static final long OFFLINE_CHECK_MILLIS = 5_000;

    /** So many bytes of heap allow for one idle queue: together they have about a fifth, by its size in benchmarks/NOTEBOOK.md. */
    private static final int HEAP_OF_IDLE_QUEUE = 64 << 10;

    private BrokerAssembly() {}

    static BrokerService assemble(BrokerSettings settings, BrokerPlugin... plugins) throws IOException {
        return assemble(settings, new Selectors(settings.live().selectors()), new Ledger(), plugins);
    }

    /**
     * @param ledger of this broker alone
     * @param plugins the innermost first; inside of them all is what charges, splits a SEND and reads a selector
     */
    static BrokerService assemble(BrokerSettings settings, Selectors selectors, Ledger ledger, BrokerPlugin... plugins)
            throws IOException {
        BrokerSettings.Fixed fixed = settings.fixed();
        ledger.limit(settings.live().keeping());
        BrokerService broker =
                fixed.durable() ? durable(fixed, selectors, ledger) : new MemoryBrokerService(selectors, ledger);
        broker.setBrokerName(fixed.name());
        broker.setUseShutdownHook(false);
        broker.setTaskRunnerFactory(new BoundedTasks(fixed.name()));
        broker.setSchedulerSupport(false);
        // a send to VirtualTopic.x would reach the queues Consumer.*.VirtualTopic.x, which no entry of the map was
        // asked about
        broker.setUseVirtualTopics(false);
        broker.setAdvisorySupport(fixed.advisories());
        // ActiveMQ's MBeans come with a region broker of its own, which neither unloads queues nor finds them by name
        broker.setUseJmx(false);
        broker.getManagementContext().setCreateConnector(false);
        broker.setPlugins(Stream.concat(
                        Stream.of(CompositeSends::new, next -> new SelectorFilter(next, selectors), ledger::install),
                        Stream.of(plugins))
                .toArray(BrokerPlugin[]::new));
        broker.setOfflineDurableSubscriberTaskSchedule(OFFLINE_CHECK_MILLIS);
        limitOffline(broker, settings.live());
        broker.setDestinationPolicy(policies(fixed, ledger));
        long idle = LongStream.of(fixed.queueIdle(), fixed.queueUnload())
                .filter(time -> time > 0)
                .min()
                .orElse(0);
        if (idle > 0) {
            broker.setSchedulePeriodForDestinationPurge((int) Math.max(1, Math.min(idle / 2, 60_000)));
        }
        broker.setPersistent(fixed.durable());
        broker.setDataDirectoryFile(fixed.data().toFile());
        limit(broker.getSystemUsage(), settings.live());
        return broker;
    }

    /** Applies the limits, also to a running broker, but for that of the store ({@link StoreLimit}). */
    static void limit(SystemUsage usage, BrokerSettings.Live live) {
        usage.setSendFailIfNoSpace(true);
        usage.getMemoryUsage().setPercentOfJvmHeap(live.memoryPercent());
        usage.getTempUsage().setLimit(live.temporaryLimit());
    }

    /** Also of a running broker. ActiveMQ takes no number for never once its check runs. */
    static void limitOffline(BrokerService broker, BrokerSettings.Live live) {
        broker.setOfflineDurableSubscriberTimeout(
                live.durablesTimeout() == 0 ? Long.MAX_VALUE : live.durablesTimeout());
    }

    private static BrokerService durable(BrokerSettings.Fixed fixed, Selectors selectors, Ledger ledger)
            throws IOException {
        Files.createDirectories(fixed.data());
        JournalStore store = new JournalStore(kahaDb(fixed), ledger.admission());
        BrokerService broker = new UnloadingBrokerService(
                store,
                selectors,
                fixed.queueUnload(),
                fixed.queueIdle(),
                (int) (Runtime.getRuntime().maxMemory() / HEAP_OF_IDLE_QUEUE),
                ledger);
        broker.setPersistenceAdapter(store);
        return broker;
    }

    private static KahaDBPersistenceAdapter kahaDb(BrokerSettings.Fixed fixed) throws IOException {
        KahaDBPersistenceAdapter store = new KahaDBPersistenceAdapter();
        store.setDirectory(fixed.data().toFile());
        store.setJournalMaxFileLength(JOURNAL_FILE_BYTES);
        store.setIndexCacheSize(INDEX_CACHE_PAGES);
        // a RECEIPT means that the message is on the disk, not in a cache of the operating system
        store.setJournalDiskSyncStrategy(JournalDiskSyncStrategy.ALWAYS.name());
        store.setCheckForCorruptJournalFiles(true);
        store.setChecksumJournalFiles(true);
        // a second broker on the same folder must fail and say so, not wait for ever inside its start
        SharedFileLocker lock = new SharedFileLocker();
        lock.setDirectory(fixed.data().toFile());
        lock.setFailIfLocked(true);
        store.setLocker(lock);
        return store;
    }

    private static PolicyMap policies(BrokerSettings.Fixed fixed, Ledger ledger) {
        PolicyMap policies = new PolicyMap();
        PolicyEntry entry = new PolicyEntry();
        // no queue's state may hold up the sends to another
        entry.setProducerFlowControl(false);
        entry.setMemoryLimit(fixed.queueMemory());
        // on the thread that brought the message or took one away: handing over costs more than dispatching
        entry.setOptimizedDispatch(true);
        // It knows a message that comes a second time by a bit for each number of its publisher's up to the newest, and
        // makes those of
        // all numbers that went to other queues meanwhile. The store hands each message to the queue's cursor once, and
        // the
        // queue itself knows those that it has in memory.
        entry.setEnableAudit(false);
        entry.setExpireMessagesPeriod(fixed.expiryCheck());
        entry.setGcInactiveDestinations(fixed.queueIdle() > 0);
        entry.setInactiveTimeoutBeforeGC(fixed.queueIdle());
        entry.setDeadLetterStrategy(new RefusedMessages());
        entry.setPendingSubscriberPolicy((broker, name, page, subscription) ->
                new BoundedPendingCursor(ledger.pending(), subscription.getContext()));
        policies.setDefaultEntry(entry);
        return policies;
    }
}
