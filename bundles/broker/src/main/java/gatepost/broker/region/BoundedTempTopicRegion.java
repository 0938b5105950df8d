package gatepost.broker.region;

import gatepost.broker.quota.Ledger;
import jakarta.jms.JMSException;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.DestinationFactory;
import org.apache.activemq.broker.region.DestinationStatistics;
import org.apache.activemq.broker.region.RegionBroker;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.broker.region.TempTopicRegion;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.thread.TaskRunnerFactory;
import org.apache.activemq.usage.SystemUsage;

/** ActiveMQ's region of temporary topics, except that what its subscriptions hold is charged. */
final class BoundedTempTopicRegion extends TempTopicRegion {

    private final Ledger ledger;

    BoundedTempTopicRegion(
            RegionBroker broker,
            DestinationStatistics statistics,
            SystemUsage usage,
            TaskRunnerFactory tasks,
            DestinationFactory factory,
            Ledger ledger) {
        super(broker, statistics, usage, tasks, factory);
        this.ledger = ledger;
    }

    @Override
    protected Subscription createSubscription(ConnectionContext context, ConsumerInfo info) throws JMSException {
        return info.isDurable()
                ? super.createSubscription(context, info)
                : BoundedTopicSubscription.of(broker, context, info, usageManager, ledger);
    }
}
