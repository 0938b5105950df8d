package gatepost.broker.inbox;

import gatepost.store.JournalStore;
import java.io.IOException;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.region.DestinationFactory;
import org.apache.activemq.broker.region.DestinationInterceptor;

/** ActiveMQ's broker with queues that it can let go of. */
public final class InboxBrokerService extends BrokerService {

    private final JournalStore store;
    private final long unload;
    private final long forget;
    private final int crowd;
    private DestinationFactory factory;

    /**
     * @param unload milliseconds after which an idle queue is in the store only, 0 for never
     * @param forget milliseconds after which one that is empty is gone, 0 for never
     * @param crowd with more idle queues than that, none is kept for longer than it takes to let go of it; without meaning when
     *        they are never let go of
     */
    public InboxBrokerService(JournalStore store, long unload, long forget, int crowd) {
        this.store = store;
        this.unload = unload;
        this.forget = forget;
        this.crowd = unload > 0 ? crowd : Integer.MAX_VALUE;
        setMaxPurgedDestinationsPerSweep(InboxRegionBroker.TURN);
    }

    @Override
    protected Broker createRegionBroker() throws Exception {
        factory = new InboxFactory(this, store, unload);
        setDestinationFactory(factory);
        return super.createRegionBroker();
    }

    @Override
    protected Broker createRegionBroker(DestinationInterceptor interceptor) throws IOException {
        InboxRegionBroker region = new InboxRegionBroker(this, getConsumerSystemUsage(), factory, interceptor,
                getExecutor(), store, forget, crowd);
        factory.setRegionBroker(region);
        region.setKeepDurableSubsActive(isKeepDurableSubsActive());
        region.getDestinationStatistics().setEnabled(isEnableStatistics());
        region.setAllowTempAutoCreationOnSend(isAllowTempAutoCreationOnSend());
        return region;
    }
}
