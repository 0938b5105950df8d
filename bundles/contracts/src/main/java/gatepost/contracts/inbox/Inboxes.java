package gatepost.contracts.inbox;

import org.apache.activemq.command.ActiveMQDestination;

/**
 * Which queues are inboxes, and what makes them. One who offers itself to the broker as a plugin and is one of these, too, is asked for
 * each queue that is loaded. Any thread.
 */
public interface Inboxes {

    /** @return whether a queue of that name is an inbox; what it says may change at any time */
    boolean isInbox(ActiveMQDestination queue);

    /** @return the inbox, with what is stored of it */
    LoadedInbox open(Room room) throws Exception;

    /** @return how much may wait in each of them; may change at any time */
    default InboxLimits limits() {
        return InboxLimits.NONE;
    }

    /**
     * @return milliseconds without a subscription after which one in which nothing is is forgotten, 0 for never; may change at any time
     */
    default long forgetAfter() {
        return 0;
    }

    /** @param listener runs after each change of what {@link #isInbox} says, instead of the one before */
    void whenChanged(Runnable listener);
}
