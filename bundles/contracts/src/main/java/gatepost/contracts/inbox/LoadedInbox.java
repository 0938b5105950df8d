package gatepost.contracts.inbox;

import jakarta.jms.InvalidDestinationException;
import java.io.IOException;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageAck;

/**
 * An inbox as the region of queues sees it. What ActiveMQ counts of it is counted for all destinations together: its statistics and its
 * memory usage are the broker's. Any thread.
 */
public interface LoadedInbox extends Unloadable {

    /** @return whether it would be made the same again; else it is to be unloaded */
    boolean isAsConfigured();

    /** @return how many messages are in it that are not done */
    long waiting();

    /** @return how many messages its subscriptions' clients have, or are about to have, and have not acknowledged; one that two have counts twice */
    long inFlight();

    /** Drops all that is in it, what is done included. @return how many messages waited */
    long purge() throws Exception;

    /** @throws InvalidDestinationException when a subscription cannot be, for what its client asks of it; says why */
    void requireRoom(ConnectionContext context, ConsumerInfo asked) throws InvalidDestinationException;

    /**
     * A message that went to many inboxes is in this one's log. Nothing happens while it is being unloaded.
     *
     * @param message with this inbox as its destination
     */
    void arrived(long offset, Message message) throws Exception;

    /** A subscription that was full has room: it gets what it has not got yet. */
    void dispatchTo(Subscription reader);

    /** A subscription's client has acknowledged or refused one of its messages. */
    void acknowledged(ConnectionContext context, Subscription reader, MessageAck ack, InboxReference message)
            throws IOException;
}
