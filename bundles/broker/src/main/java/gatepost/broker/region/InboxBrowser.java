package gatepost.broker.region;

import gatepost.contracts.inbox.InboxReference;
import jakarta.jms.JMSException;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.MessageReference;
import org.apache.activemq.broker.region.QueueBrowserSubscription;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageDispatch;
import org.apache.activemq.usage.SystemUsage;

/** ActiveMQ's subscription of who only looks, which also says of an inbox's message what the inbox says of it. */
final class InboxBrowser extends QueueBrowserSubscription {

    InboxBrowser(Broker broker, SystemUsage usage, ConnectionContext context, ConsumerInfo info) throws JMSException {
        super(broker, usage, context, info);
    }

    @Override
    protected MessageDispatch createMessageDispatch(MessageReference node, Message message) {
        return node instanceof InboxReference reference
                ? reference.handOver(info.getConsumerId())
                : super.createMessageDispatch(node, message);
    }
}
