package gatepost.broker;

import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.broker.region.policy.SharedDeadLetterStrategy;
import org.apache.activemq.command.Message;

/**
 * Sends what a consumer refused (NACK) to one dead letter queue until that holds its limit, and drops expired messages: a
 * user who is away for long must not fill the store a second time.
 */
final class BoundedDeadLetters extends SharedDeadLetterStrategy {

    private final BrokerService broker;
    private final int limit;

    BoundedDeadLetters(BrokerService broker, int limit) {
        this.broker = broker;
        this.limit = limit;
        setProcessExpired(false);
        setProcessNonPersistent(true);
        // the audit remembers producers of every message for ever; a NACK is never sent twice, so it is of no use here
        setEnableAudit(false);
    }

    @Override
    public boolean isSendToDeadLetterQueue(Message message) {
        return super.isSendToDeadLetterQueue(message) && depth() < limit;
    }

    private long depth() {
        Destination queue = broker.getRegionBroker().getDestinationMap(getDeadLetterQueue()).get(getDeadLetterQueue());
        return queue == null ? 0 : queue.getDestinationStatistics().getMessages().getCount();
    }
}
