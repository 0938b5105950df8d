package gatepost.broker.region;

import gatepost.broker.quota.Ledger;
import gatepost.broker.selector.Selector;
import gatepost.broker.selector.Selectors;
import jakarta.jms.JMSException;
import org.apache.activemq.advisory.AdvisorySupport;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.DestinationFactory;
import org.apache.activemq.broker.region.DestinationStatistics;
import org.apache.activemq.broker.region.RegionBroker;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.broker.region.TopicRegion;
import org.apache.activemq.broker.region.policy.PolicyEntry;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.filter.BooleanExpression;
import org.apache.activemq.thread.TaskRunnerFactory;
import org.apache.activemq.usage.SystemUsage;
import org.apache.activemq.util.SubscriptionKey;

/**
 * ActiveMQ's region of topics, except that a durable subscription's selector is ours, also of one that comes from the store, and that
 * what any subscription holds is charged.
 */
final class SelectingTopicRegion extends TopicRegion {

    private final Selectors selectors;
    private final Ledger ledger;

    SelectingTopicRegion(
            RegionBroker broker,
            DestinationStatistics statistics,
            SystemUsage usage,
            TaskRunnerFactory tasks,
            DestinationFactory factory,
            Selectors selectors,
            Ledger ledger) {
        super(broker, statistics, usage, tasks, factory);
        this.selectors = selectors;
        this.ledger = ledger;
    }

    /** ActiveMQ reads the text of the selector here and nowhere else; it stays with the subscription, and is what the store keeps. */
    @Override
    protected Subscription createSubscription(ConnectionContext context, ConsumerInfo info) throws JMSException {
        String text = info.getSelector();
        if (!info.isDurable()) {
            // a filter has taken the text away
            return BoundedTopicSubscription.of(broker, context, info, usageManager, ledger);
        }
        if (text == null) {
            return durable(context, info);
        }
        info.setAdditionalPredicate(predicate(info, context.getClientId() + " " + info.getSubscriptionName()));
        info.setSelector(null);
        try {
            return durable(context, info);
        } finally {
            info.setSelector(text);
        }
    }

    /** As {@code TopicRegion.createSubscription} does it. */
    private Subscription durable(ConnectionContext context, ConsumerInfo info) throws JMSException {
        SubscriptionKey key = new SubscriptionKey(context.getClientId(), info.getSubscriptionName());
        if (AdvisorySupport.isAdvisoryTopic(info.getDestination()) || durableSubscriptions.containsKey(key)) {
            // which says why not
            return super.createSubscription(context, info);
        }
        BoundedDurableSubscription subscription =
                new BoundedDurableSubscription(broker, usageManager, context, info, isKeepDurableSubsActive(), ledger);
        PolicyEntry policy = broker.getDestinationPolicy() == null
                ? null
                : broker.getDestinationPolicy().getEntryFor(info.getDestination());
        if (policy != null) {
            policy.configure(broker, usageManager, subscription);
        }
        durableSubscriptions.put(key, subscription);
        return subscription;
    }

    private BooleanExpression predicate(ConsumerInfo info, String subscription) {
        // a filter has read the one of a client's, and refused it if it was wrong
        return info.getAdditionalPredicate() instanceof Selector read
                ? read
                : selectors.readStored(info.getSelector(), subscription);
    }
}
