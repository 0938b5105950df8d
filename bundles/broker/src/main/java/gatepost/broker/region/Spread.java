package gatepost.broker.region;

import gatepost.broker.quota.InboxQuota;
import gatepost.broker.trace.SpreadTrace;
import gatepost.contracts.inbox.LoadedInbox;
import gatepost.store.queue.Spreading;
import java.util.Optional;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the inboxes that the broker has of a message that came to many.
 *
 * @param queues where they are
 * @param quota counts what goes
 * @param trace remembers where the message came, if anybody does
 */
record Spread(IndexedQueueRegion queues, InboxQuota quota, Optional<SpreadTrace> trace) implements Spreading.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Spread.class);

    @Override
    public void arrived(ActiveMQQueue name, long offset, Message message) {
        // before anybody gets it
        trace.ifPresent(told -> told.arrived(name));
        if (queues.find(name) instanceof LoadedInbox inbox) {
            try {
                inbox.arrived(offset, message);
            } catch (Exception e) {
                // it is in its log, and the others must not miss theirs
                LOG.warn("{} could not go on with a message to many", name, e);
            }
        }
    }

    @Override
    public void kept(ActiveMQQueue name) {
        trace.ifPresent(told -> told.kept(name));
    }

    @Override
    public void skipped(ActiveMQQueue name) {
        trace.ifPresent(told -> told.skipped(name));
    }

    @Override
    public void dropped(ActiveMQQueue name) {
        quota.dropped();
    }
}
