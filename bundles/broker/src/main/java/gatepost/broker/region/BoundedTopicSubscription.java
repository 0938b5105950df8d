package gatepost.broker.region;

import gatepost.broker.quota.Ledger;
import gatepost.broker.quota.PendingTopics;
import jakarta.jms.JMSException;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.MessageReference;
import org.apache.activemq.broker.region.RegionBroker;
import org.apache.activemq.broker.region.TopicSubscription;
import org.apache.activemq.broker.region.policy.PolicyEntry;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.command.MessageAck;
import org.apache.activemq.usage.SystemUsage;

/**
 * ActiveMQ's subscription to a topic, except that what is on its way to the subscriber is charged to that user: each of many connections
 * that read nothing keeps some MiB, which nothing else counts. When it is too much for the user, what comes waits in the
 * {@link BoundedPendingCursor}, which lets the oldest go.
 */
final class BoundedTopicSubscription extends TopicSubscription {

    private final PendingTopics.Share onTheirWay;

    private BoundedTopicSubscription(
            RegionBroker broker, ConnectionContext context, ConsumerInfo info, SystemUsage usage, Ledger ledger)
            throws Exception {
        super(broker, context, info, usage);
        onTheirWay = ledger.pending().share(context);
    }

    /** As {@code TopicRegion.createSubscription} and {@code TempTopicRegion.createSubscription} do it. */
    static BoundedTopicSubscription of(
            RegionBroker broker, ConnectionContext context, ConsumerInfo info, SystemUsage usage, Ledger ledger)
            throws JMSException {
        try {
            BoundedTopicSubscription subscription = new BoundedTopicSubscription(broker, context, info, usage, ledger);
            PolicyEntry policy = broker.getDestinationPolicy() == null
                    ? null
                    : broker.getDestinationPolicy().getEntryFor(info.getDestination());
            if (policy != null) {
                policy.configure(broker, usage, subscription);
            }
            subscription.init();
            return subscription;
        } catch (JMSException e) {
            throw e;
        } catch (Exception e) {
            JMSException failure =
                    new JMSException("the subscription to " + info.getDestination() + " could not be made");
            failure.initCause(e);
            throw failure;
        }
    }

    @Override
    public void add(MessageReference node) throws Exception {
        super.add(node);
        count();
    }

    @Override
    public synchronized void acknowledge(ConnectionContext context, MessageAck ack) throws Exception {
        super.acknowledge(context, ack);
        count();
    }

    @Override
    public boolean isFull() {
        return super.isFull() || onTheirWay.isUserOver();
    }

    @Override
    public void destroy() {
        super.destroy();
        synchronized (onTheirWay) {
            onTheirWay.is(0);
        }
    }

    private void count() {
        synchronized (onTheirWay) {
            onTheirWay.is(active ? getInFlightMessageSize() : 0);
        }
    }
}
