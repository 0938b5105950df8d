package gatepost.contracts;

import org.apache.activemq.command.MessageAck;

/**
 * An acknowledgement on its way to the broker. Where all that it speaks of was done before, by another of the owner's subscriptions,
 * an inbox says that it settles nothing, before the broker answers and on the same thread.
 */
public final class InboxAck extends MessageAck {

    private boolean asked;
    private boolean settled;

    /** @param waited whether one of the messages that it speaks of was waiting; called for each of them */
    public void settles(boolean waited) {
        asked = true;
        settled |= waited;
    }

    /** @return whether it settled anything, as far as an inbox has said */
    public boolean isSettling() {
        return settled || !asked;
    }
}
