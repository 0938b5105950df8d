package gatepost.broker.region;

import gatepost.broker.quota.Ledger;
import gatepost.broker.selector.Selectors;
import java.io.IOException;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.region.DestinationFactory;
import org.apache.activemq.broker.region.DestinationInterceptor;
import org.apache.activemq.broker.region.Region;
import org.apache.activemq.broker.region.RegionBroker;
import org.apache.activemq.thread.TaskRunnerFactory;
import org.apache.activemq.usage.SystemUsage;

/**
 * ActiveMQ's broker without a store, except that its queues charge what they hold to who sent it, and that the selectors of durable
 * subscriptions are ours.
 */
public final class MemoryBrokerService extends BrokerService {

    private final Selectors selectors;
    private final Ledger ledger;
    private DestinationFactory factory;

    /** @param ledger what is kept for whom */
    public MemoryBrokerService(Selectors selectors, Ledger ledger) {
        this.selectors = selectors;
        this.ledger = ledger;
    }

    @Override
    protected Broker createRegionBroker() throws Exception {
        factory = new MemoryQueueFactory(this, ledger);
        setDestinationFactory(factory);
        return super.createRegionBroker();
    }

    @Override
    protected Broker createRegionBroker(DestinationInterceptor interceptor) throws IOException {
        // called while the region broker is being made, when it has no fields yet
        Selectors own = selectors;
        Ledger charged = ledger;
        RegionBroker regions =
                new RegionBroker(
                        this,
                        getTaskRunnerFactory(),
                        getConsumerSystemUsage(),
                        factory,
                        interceptor,
                        getScheduler(),
                        getExecutor()) {

                    @Override
                    protected Region createTopicRegion(
                            SystemUsage usage, TaskRunnerFactory tasks, DestinationFactory destinations) {
                        return new SelectingTopicRegion(
                                this, getDestinationStatistics(), usage, tasks, destinations, own, charged);
                    }

                    @Override
                    protected Region createTempTopicRegion(
                            SystemUsage usage, TaskRunnerFactory tasks, DestinationFactory destinations) {
                        return new BoundedTempTopicRegion(
                                this, getDestinationStatistics(), usage, tasks, destinations, charged);
                    }
                };
        factory.setRegionBroker(regions);
        regions.setKeepDurableSubsActive(isKeepDurableSubsActive());
        regions.getDestinationStatistics().setEnabled(isEnableStatistics());
        regions.setAllowTempAutoCreationOnSend(isAllowTempAutoCreationOnSend());
        return regions;
    }
}
