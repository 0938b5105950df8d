package gatepost.broker.region;

import gatepost.broker.quota.InboxQuota;
import gatepost.broker.quota.Ledger;
import gatepost.contracts.inbox.Inboxes;
import gatepost.contracts.inbox.Unloadable;
import gatepost.store.JournalStore;
import gatepost.store.queue.QueueStore;
import java.util.Set;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.broker.region.DestinationStatistics;
import org.apache.activemq.broker.region.Queue;
import org.apache.activemq.broker.region.RegionBroker;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;

/** Makes queues that the broker can unload, and finds those that exist by asking the store for each by name. */
final class UnloadableQueueFactory extends QueueFactory {

    private final JournalStore store;
    private final long unloadAfter;
    private LoadingRegionBroker region;

    UnloadableQueueFactory(BrokerService service, JournalStore store, long unloadAfter, Ledger ledger) {
        super(service, store, ledger);
        this.store = store;
        this.unloadAfter = unloadAfter;
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
    public Destination createDestination(
            ConnectionContext context, ActiveMQDestination destination, DestinationStatistics statistics)
            throws Exception {
        Inboxes inboxes = region.inboxes();
        if (!destination.isQueue() || destination.isTemporary() || !inboxes.isInbox(destination)) {
            return super.createDestination(context, destination, statistics);
        }
        ActiveMQQueue name = (ActiveMQQueue) destination;
        QueueStore log = store.createQueueMessageStore(name);
        return inboxes.open(new InboxRoom(
                service,
                name,
                log,
                statistics,
                taskRunnerFactory,
                region,
                unloadAfter,
                new InboxQuota(ledger, log, service.getSystemUsage().getMemoryUsage())));
    }

    @Override
    Queue permanent(ActiveMQQueue name, DestinationStatistics statistics) throws Exception {
        return new UnloadableQueue(
                service,
                name,
                store.createQueueMessageStore(name),
                statistics,
                taskRunnerFactory,
                region,
                unloadAfter,
                ledger);
    }

    @Override
    public void removeDestination(Destination destination) {
        if (!(destination instanceof Unloadable queue && queue.isUnloaded())) {
            super.removeDestination(destination);
        }
    }
}
