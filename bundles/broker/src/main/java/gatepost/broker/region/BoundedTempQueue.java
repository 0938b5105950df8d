package gatepost.broker.region;

import gatepost.broker.quota.HoldingQueue;
import gatepost.broker.quota.Ledger;
import gatepost.broker.quota.QueueQuota;
import java.io.IOException;
import java.util.Optional;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.ProducerBrokerExchange;
import org.apache.activemq.broker.region.DestinationStatistics;
import org.apache.activemq.broker.region.MessageReference;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.broker.region.TempQueue;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageAck;
import org.apache.activemq.thread.TaskRunnerFactory;

/**
 * ActiveMQ's temporary queue, except that what it holds is charged to who sent it. ActiveMQ's takes whatever comes: it looks at the
 * limit of the memory only for producers that it may hold up.
 */
final class BoundedTempQueue extends TempQueue implements HoldingQueue {

    private final QueueQuota quota;

    BoundedTempQueue(BrokerService service, ActiveMQDestination destination, DestinationStatistics statistics,
            TaskRunnerFactory tasks, Ledger ledger) throws Exception {
        super(service, destination, null, statistics, tasks);
        this.quota = new QueueQuota(ledger, Optional.empty(), service.getSystemUsage().getMemoryUsage());
    }

    @Override
    public void send(ProducerBrokerExchange exchange, Message message) throws Exception {
        quota.send(exchange.getConnectionContext(), message, () -> super.send(exchange, message));
    }

    /** Called by {@code Queue.removeMessage} for each message that leaves, whatever it leaves for. */
    @Override
    public void acknowledge(ConnectionContext context, Subscription subscription, MessageAck ack, MessageReference reference)
            throws IOException {
        super.acknowledge(context, subscription, ack, reference);
        quota.acknowledged(context, ack, reference);
    }

    @Override
    public boolean isStored(MessageReference message) {
        return false;
    }
}
