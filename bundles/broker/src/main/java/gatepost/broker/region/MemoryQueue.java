package gatepost.broker.region;

import gatepost.broker.quota.HoldingQueue;
import gatepost.broker.quota.Ledger;
import gatepost.broker.quota.MeasuredQueue;
import gatepost.broker.quota.QueueQuota;
import gatepost.store.quota.Charge;
import java.io.IOException;
import java.util.List;
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
import org.apache.activemq.thread.TaskRunnerFactory;

/**
 * ActiveMQ's queue of a broker without a store, except that what it holds, which is all in memory, is charged to who sent it, and that it
 * passes over what no reader wants.
 */
final class MemoryQueue extends Queue implements HoldingQueue, MeasuredQueue {

    private final QueueQuota quota;
    private final TaskRunnerFactory tasks;
    private final Selection selection = new Selection(this);
    private final SelectiveMemoryCursor cursor = new SelectiveMemoryCursor(selection);

    MemoryQueue(
            BrokerService service,
            ActiveMQDestination destination,
            DestinationStatistics statistics,
            TaskRunnerFactory tasks,
            Ledger ledger)
            throws Exception {
        super(service, destination, null, statistics, tasks);
        this.tasks = tasks;
        this.quota = new QueueQuota(
                ledger, Optional.empty(), service.getSystemUsage().getMemoryUsage());
    }

    /** Called once it is configured. */
    @Override
    public void initialize() throws Exception {
        super.initialize();
        setMessages(cursor);
    }

    @Override
    public void addSubscription(ConnectionContext context, Subscription subscription) throws Exception {
        selection.add(subscription, () -> super.addSubscription(context, subscription));
    }

    @Override
    public void removeSubscription(ConnectionContext context, Subscription subscription, long lastDelivered)
            throws Exception {
        selection.remove(subscription);
        super.removeSubscription(context, subscription, lastDelivered);
    }

    /** As {@link UnloadableQueue} does it. */
    @Override
    protected void pageInMessages(boolean force, int most) throws Exception {
        selection.note(cursor.hasPassedOver());
        super.pageInMessages(force, selection.page(most, dispatchPendingList.size()));
        if (cursor.goesOn(dispatchPendingList.size())) {
            tasks.execute(super::wakeup);
        }
    }

    /** What a selector has to be compared with may be much. */
    @Override
    public void wakeup() {
        if (selection.isSelective() || cursor.hasPassedOver()) {
            tasks.execute(super::wakeup);
        } else {
            super.wakeup();
        }
    }

    /** ActiveMQ's look for expired messages: what nobody wanted may be among them. */
    @Override
    public void doBrowse(List<Message> browsed, int most) {
        cursor.lookAgain();
        super.doBrowse(browsed, most);
    }

    /** What nobody wanted goes, too. */
    @Override
    public void purge(long most) throws Exception {
        selection.purge(most, super::purge);
    }

    @Override
    public void send(ProducerBrokerExchange exchange, Message message) throws Exception {
        quota.send(exchange.getConnectionContext(), message, () -> super.send(exchange, message));
    }

    /** Called by {@code Queue.removeMessage} for each message that leaves, whatever it leaves for. */
    @Override
    public void acknowledge(
            ConnectionContext context, Subscription subscription, MessageAck ack, MessageReference reference)
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
        now.add(
                getMemoryUsage().getUsage(),
                getDestinationStatistics().getMessages().getCount());
        return now;
    }

    /** Not known: the sender's share of the memory bounds it. */
    @Override
    public Charge kept(String user) {
        return new Charge(user);
    }

    @Override
    public int removeOldest(int most) throws Exception {
        long before = selection.removed();
        purge(most);
        return (int) (selection.removed() - before);
    }
}
