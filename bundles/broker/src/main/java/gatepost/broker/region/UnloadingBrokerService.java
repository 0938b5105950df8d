package gatepost.broker.region;

import gatepost.broker.quota.Ledger;
import gatepost.broker.selector.Selectors;
import gatepost.store.JournalStore;
import java.io.IOException;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.region.DestinationFactory;
import org.apache.activemq.broker.region.DestinationInterceptor;

/** ActiveMQ's broker, except that it unloads queues that nobody uses and loads them when somebody does. */
public final class UnloadingBrokerService extends BrokerService {

    private final JournalStore store;
    private final Selectors selectors;
    private final long unloadAfter;
    private final long removeAfter;
    private final int idleQueues;
    private final Ledger ledger;
    private DestinationFactory factory;

    /**
     * @param unloadAfter milliseconds after which an idle queue is in the store only, 0 for never
     * @param removeAfter milliseconds after which one that is empty and no inbox is removed from there, too, 0 for never
     * @param idleQueues how many idle queues may stay loaded for that time; with more, each is unloaded at once. Without meaning
     *        when queues are never unloaded
     * @param ledger what is kept for whom
     */
    public UnloadingBrokerService(
            JournalStore store,
            Selectors selectors,
            long unloadAfter,
            long removeAfter,
            int idleQueues,
            Ledger ledger) {
        this.store = store;
        this.selectors = selectors;
        this.unloadAfter = unloadAfter;
        this.removeAfter = removeAfter;
        this.idleQueues = unloadAfter > 0 ? idleQueues : Integer.MAX_VALUE;
        this.ledger = ledger;
        setMaxPurgedDestinationsPerSweep(LoadingRegionBroker.SWEEP);
    }

    /** @return who reads the selectors of durable subscriptions */
    Selectors selectors() {
        return selectors;
    }

    /** @return what is kept for whom */
    Ledger ledger() {
        return ledger;
    }

    @Override
    protected Broker createRegionBroker() throws Exception {
        factory = new UnloadableQueueFactory(this, store, unloadAfter, ledger);
        setDestinationFactory(factory);
        return super.createRegionBroker();
    }

    @Override
    protected Broker createRegionBroker(DestinationInterceptor interceptor) throws IOException {
        LoadingRegionBroker region = new LoadingRegionBroker(
                this, getConsumerSystemUsage(), factory, interceptor, getExecutor(), store, removeAfter, idleQueues);
        factory.setRegionBroker(region);
        region.setKeepDurableSubsActive(isKeepDurableSubsActive());
        region.getDestinationStatistics().setEnabled(isEnableStatistics());
        region.setAllowTempAutoCreationOnSend(isAllowTempAutoCreationOnSend());
        return region;
    }
}
