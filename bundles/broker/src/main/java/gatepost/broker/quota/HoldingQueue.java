package gatepost.broker.quota;

import org.apache.activemq.broker.region.MessageReference;

/** A queue that charges what it holds. Any thread. */
public interface HoldingQueue {

    /** @return whether such a message is kept in the store, or else is held outside it */
    boolean isStored(MessageReference message);
}
