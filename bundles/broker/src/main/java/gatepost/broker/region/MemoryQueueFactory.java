package gatepost.broker.region;

import gatepost.broker.quota.Ledger;
import java.io.IOException;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.region.DestinationStatistics;
import org.apache.activemq.broker.region.Queue;
import org.apache.activemq.command.ActiveMQQueue;

/** Makes the queues of a broker without a store. */
final class MemoryQueueFactory extends QueueFactory {

    MemoryQueueFactory(BrokerService service, Ledger ledger) throws IOException {
        super(service, service.getPersistenceAdapter(), ledger);
    }

    @Override
    Queue permanent(ActiveMQQueue name, DestinationStatistics statistics) throws Exception {
        return new MemoryQueue(service, name, statistics, taskRunnerFactory, ledger);
    }
}
