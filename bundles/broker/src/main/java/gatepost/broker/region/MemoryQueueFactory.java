package gatepost.broker.region;

import gatepost.broker.quota.Ledger;
import java.io.IOException;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.broker.region.DestinationFactoryImpl;
import org.apache.activemq.broker.region.DestinationStatistics;
import org.apache.activemq.broker.region.Queue;
import org.apache.activemq.command.ActiveMQDestination;

/** Makes the queues of a broker without a store. */
final class MemoryQueueFactory extends DestinationFactoryImpl {

    private final BrokerService service;
    private final Ledger ledger;

    MemoryQueueFactory(BrokerService service, Ledger ledger) throws IOException {
        super(service, service.getTaskRunnerFactory(), service.getPersistenceAdapter());
        this.service = service;
        this.ledger = ledger;
    }

    @Override
    public Destination createDestination(ConnectionContext context, ActiveMQDestination destination,
            DestinationStatistics statistics) throws Exception {
        if (!destination.isQueue()) {
            return super.createDestination(context, destination, statistics);
        }
        Queue queue = destination.isTemporary()
                ? new BoundedTempQueue(service, destination, statistics, taskRunnerFactory, ledger)
                : new MemoryQueue(service, destination, statistics, taskRunnerFactory, ledger);
        configureQueue(queue, destination);
        queue.initialize();
        return queue;
    }
}
