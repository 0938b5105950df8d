package gatepost.broker.inbox;

import gatepost.store.JournalStore;
import java.util.Set;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.broker.region.DestinationFactoryImpl;
import org.apache.activemq.broker.region.DestinationStatistics;
import org.apache.activemq.broker.region.RegionBroker;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;

/** Makes queues that the broker can let go of. */
final class InboxFactory extends DestinationFactoryImpl {

    private final BrokerService service;
    private final JournalStore store;
    private final long patience;
    private InboxRegionBroker region;

    InboxFactory(BrokerService service, JournalStore store, long patience) {
        super(service, service.getTaskRunnerFactory(), store);
        this.service = service;
        this.store = store;
        this.patience = patience;
    }

    @Override
    public void setRegionBroker(RegionBroker broker) {
        super.setRegionBroker(broker);
        region = (InboxRegionBroker) broker;
    }

    /** What is there from the start: queues come when somebody asks for them. */
    @Override
    public Set<ActiveMQDestination> getDestinations() {
        return store.topics();
    }

    @Override
    public Destination createDestination(ConnectionContext context, ActiveMQDestination destination,
            DestinationStatistics statistics) throws Exception {
        if (!destination.isQueue() || destination.isTemporary()) {
            return super.createDestination(context, destination, statistics);
        }
        InboxQueue queue = new InboxQueue(service, destination, store.createQueueMessageStore((ActiveMQQueue) destination),
                statistics, taskRunnerFactory, region, patience);
        configureQueue(queue, destination);
        queue.initialize();
        return queue;
    }

    @Override
    public void removeDestination(Destination destination) {
        if (!(destination instanceof InboxQueue queue && queue.isKept())) {
            super.removeDestination(destination);
        }
    }
}
