package gatepost.broker.region;

import gatepost.broker.quota.Ledger;
import gatepost.store.JournalStore;
import java.util.Set;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.broker.region.DestinationFactoryImpl;
import org.apache.activemq.broker.region.DestinationStatistics;
import org.apache.activemq.broker.region.Queue;
import org.apache.activemq.broker.region.RegionBroker;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;

/** Makes queues that the broker can unload, and finds those that exist by asking the store for each by name. */
final class QueueFactory extends DestinationFactoryImpl {

    private final BrokerService service;
    private final JournalStore store;
    private final long unloadAfter;
    private final Ledger ledger;
    private LoadingRegionBroker region;

    QueueFactory(BrokerService service, JournalStore store, long unloadAfter, Ledger ledger) {
        super(service, service.getTaskRunnerFactory(), store);
        this.service = service;
        this.store = store;
        this.unloadAfter = unloadAfter;
        this.ledger = ledger;
    }

    @Override
    public void setRegionBroker(RegionBroker broker) {
        super.setRegionBroker(broker);
        region = (LoadingRegionBroker) broker;
    }

    /** What is loaded at the start: topics only. A queue is loaded when somebody asks for it. */
    @Override
    public Set<ActiveMQDestination> getDestinations() {
        return store.topics();
    }

    @Override
    public Destination createDestination(ConnectionContext context, ActiveMQDestination destination,
            DestinationStatistics statistics) throws Exception {
        if (!destination.isQueue()) {
            return super.createDestination(context, destination, statistics);
        }
        Queue queue = destination.isTemporary()
                ? new BoundedTempQueue(service, destination, statistics, taskRunnerFactory, ledger)
                : new UnloadableQueue(service, destination, store.createQueueMessageStore((ActiveMQQueue) destination),
                        statistics, taskRunnerFactory, region, unloadAfter, ledger);
        configureQueue(queue, destination);
        queue.initialize();
        return queue;
    }

    @Override
    public void removeDestination(Destination destination) {
        if (!(destination instanceof UnloadableQueue queue && queue.isUnloaded())) {
            super.removeDestination(destination);
        }
    }
}
