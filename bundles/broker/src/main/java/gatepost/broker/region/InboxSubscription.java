package gatepost.broker.region;

import gatepost.contracts.inbox.InboxReference;
import gatepost.contracts.inbox.InboxSubscriber;
import gatepost.contracts.inbox.LoadedInbox;
import jakarta.jms.JMSException;
import java.io.IOException;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.broker.region.MessageReference;
import org.apache.activemq.broker.region.QueueSubscription;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageAck;
import org.apache.activemq.command.MessageDispatch;
import org.apache.activemq.usage.SystemUsage;

/**
 * A subscription that may read inboxes. Its window and its transactions are those of ActiveMQ's subscription to queues; what an
 * acknowledgement means for a message is the inbox's to say.
 */
class InboxSubscription extends QueueSubscription implements InboxSubscriber {

    InboxSubscription(Broker broker, SystemUsage usage, ConnectionContext context, ConsumerInfo info)
            throws JMSException {
        super(broker, usage, context, info);
        // it is for cursors that find a message twice
        pending.setMessageAudit(null);
    }

    @Override
    protected void acknowledge(ConnectionContext context, MessageAck ack, MessageReference node) throws IOException {
        if (node instanceof InboxReference message) {
            setTimeOfLastMessageAck(System.currentTimeMillis());
            ((LoadedInbox) node.getRegionDestination()).acknowledged(context, this, ack, message);
        } else {
            super.acknowledge(context, ack, node);
        }
    }

    /** What is refused in an inbox stays there, and comes to no queue that others read. */
    @Override
    protected void sendToDLQ(ConnectionContext context, MessageReference node, Throwable cause) throws Exception {
        if (!(node instanceof InboxReference)) {
            super.sendToDLQ(context, node, cause);
        }
    }

    @Override
    public long inFlight(Destination destination) {
        if (destinations.size() == 1) {
            return dispatched.size();
        }
        synchronized (dispatchLock) {
            return dispatched.stream()
                    .filter(message -> message.getRegionDestination() == destination)
                    .count();
        }
    }

    @Override
    protected MessageDispatch createMessageDispatch(MessageReference node, Message message) {
        return node instanceof InboxReference reference
                ? reference.handOver(info.getConsumerId())
                : super.createMessageDispatch(node, message);
    }
}
