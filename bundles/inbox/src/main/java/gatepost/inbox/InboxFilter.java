package gatepost.inbox;

import gatepost.contracts.inbox.Inboxes;
import jakarta.jms.InvalidDestinationException;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.ConsumerInfo;

/** Refuses on a SUBSCRIBE to an inbox what has a meaning only where readers compete. */
final class InboxFilter extends BrokerFilter {

    private final Inboxes inboxes;

    InboxFilter(Broker next, Inboxes inboxes) {
        super(next);
        this.inboxes = inboxes;
    }

    @Override
    public Subscription addConsumer(ConnectionContext context, ConsumerInfo info) throws Exception {
        if (inboxes.isInbox(info.getDestination())) {
            if (info.isExclusive()) {
                throw refusal("exclusive");
            }
            if (info.getPriority() != 0) {
                throw refusal("priority");
            }
        }
        return super.addConsumer(context, info);
    }

    private static InvalidDestinationException refusal(String option) {
        return new InvalidDestinationException("an inbox has no " + option + " subscription: each gets every message");
    }
}
