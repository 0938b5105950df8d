package gatepost.contracts.inbox;

import java.util.Optional;
import java.util.function.ObjLongConsumer;
import org.apache.activemq.command.ActiveMQQueue;

/** The logs of all inboxes that a store has, those that the broker has not loaded included; none is loaded for it. Any thread. */
public interface InboxLogs {

    /** @return the highest offset that a message of any of them was given */
    long head();

    /** @return that of an inbox; nothing when there is none of that name */
    Optional<MessageLog> log(ActiveMQQueue inbox);

    /**
     * Reads what waits, in order within each inbox; what comes or goes meanwhile is among it or is not.
     *
     * @param above offsets above that one
     * @param upTo and up to that one, itself included
     */
    void waiting(long above, long upTo, ObjLongConsumer<ActiveMQQueue> reader);
}
