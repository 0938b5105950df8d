package gatepost.broker.region;

import gatepost.broker.quota.Ledger;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.broker.region.DestinationFactoryImpl;
import org.apache.activemq.broker.region.DestinationStatistics;
import org.apache.activemq.broker.region.Queue;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.store.PersistenceAdapter;

/** Makes queues that charge what they hold. */
abstract class QueueFactory extends DestinationFactoryImpl {

    final BrokerService service;
    final Ledger ledger;

    QueueFactory(BrokerService service, PersistenceAdapter store, Ledger ledger) {
        super(service, service.getTaskRunnerFactory(), store);
        this.service = service;
        this.ledger = ledger;
    }

    @Override
    public Destination createDestination(
            ConnectionContext context, ActiveMQDestination destination, DestinationStatistics statistics)
            throws Exception {
        if (!destination.isQueue()) {
            return super.createDestination(context, destination, statistics);
        }
        Queue queue = destination.isTemporary()
                ? new BoundedTempQueue(service, destination, statistics, taskRunnerFactory, ledger)
                : permanent((ActiveMQQueue) destination, statistics);
        configureQueue(queue, destination);
        queue.initialize();
        return queue;
    }

    /** @return a queue that is no connection's own, not configured yet */
    abstract Queue permanent(ActiveMQQueue name, DestinationStatistics statistics) throws Exception;
}
