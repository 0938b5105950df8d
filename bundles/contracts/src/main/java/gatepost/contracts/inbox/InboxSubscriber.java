package gatepost.contracts.inbox;

import org.apache.activemq.broker.region.Destination;

/** A subscription that may read inboxes, as they see it. Any thread. */
@FunctionalInterface
public interface InboxSubscriber {

    /** @return how many messages of that destination its client has, or is about to have, and has not acknowledged */
    long inFlight(Destination destination);
}
