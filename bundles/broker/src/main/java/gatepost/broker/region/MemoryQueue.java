package gatepost.broker.region;

import gatepost.broker.quota.HoldingQueue;
import gatepost.broker.quota.Ledger;
import gatepost.broker.quota.MeasuredQueue;
import gatepost.broker.quota.QueueQuota;
import gatepost.store.quota.Charge;
import java.io.IOException;
import java.util.Optional;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.ProducerBrokerExchange;
import org.apache.activemq.broker.region.DestinationStatistics;
import org.apache.activemq.broker.region.MessageReference;
import org.apache.activemq.broker.region.Queue;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageAck;
import org.apache.activemq.store.MessageStore;
import org.apache.activemq.thread.TaskRunnerFactory;

/** ActiveMQ's queue of a broker without a store, except that what it holds, which is all in memory, is charged to who sent it. */
final class MemoryQueue extends Queue implements HoldingQueue, MeasuredQueue {

    private final QueueQuota quota;

    MemoryQueue(BrokerService service, ActiveMQDestination destination, MessageStore store, DestinationStatistics statistics,
            TaskRunnerFactory tasks, Ledger ledger) throws Exception {
        super(service, destination, store, statistics, tasks);
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

    @Override
    public Charge kept() {
        Charge now = new Charge(getName());
        now.add(getMemoryUsage().getUsage(), getDestinationStatistics().getMessages().getCount());
        return now;
    }

    /** Not known: the sender's share of the memory bounds it. */
    @Override
    public Charge kept(String user) {
        return new Charge(user);
    }

    @Override
    public int removeOldest(int most) throws Exception {
        long before = getDestinationStatistics().getMessages().getCount();
        purge(most);
        return (int) (before - getDestinationStatistics().getMessages().getCount());
    }
}
