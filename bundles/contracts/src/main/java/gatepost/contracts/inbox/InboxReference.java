package gatepost.contracts.inbox;

import gatepost.contracts.InboxDispatch;
import org.apache.activemq.broker.region.LockOwner;
import org.apache.activemq.broker.region.QueueMessageReference;
import org.apache.activemq.command.ConsumerId;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageId;

/**
 * A message of an inbox for one of its subscriptions. It has the message itself until that is handed to the connection and not for as long
 * as the client takes to acknowledge it: the store has it. So there is no use counted either. Its subscription's locks guard it.
 */
public final class InboxReference implements QueueMessageReference {

    private final LoadedInbox inbox;
    private final MessageId id;
    private final long place;
    private final int size;
    private final boolean persistent;
    private final long expiration;
    private final boolean kept;
    private InboxDispatch dispatch;
    private Message message;

    /**
     * @param place among all messages of the inbox, those without an offset included
     * @param kept whether it stays in the inbox when it is done
     * @param dispatch what is said of it to this subscription
     */
    public InboxReference(LoadedInbox inbox, Message message, long place, boolean kept, InboxDispatch dispatch) {
        this.inbox = inbox;
        this.message = message;
        this.id = message.getMessageId();
        this.place = place;
        this.size = message.getSize();
        this.persistent = message.isPersistent();
        this.expiration = message.getExpiration();
        this.kept = kept;
        this.dispatch = dispatch;
    }

    public long place() {
        return place;
    }

    /** @return whether it stays in the inbox when it is done */
    public boolean isKept() {
        return kept;
    }

    /** Hands it over; once. @return what goes to the consumer's connection */
    public InboxDispatch handOver(ConsumerId consumer) {
        InboxDispatch handed = dispatch;
        handed.setConsumerId(consumer);
        handed.setDestination(inbox.getActiveMQDestination());
        handed.setMessage(message);
        dispatch = null;
        message = null;
        return handed;
    }

    @Override
    public MessageId getMessageId() {
        return id;
    }

    @Override
    public Message getMessageHardRef() {
        return message;
    }

    /** @return {@code null} once it is handed over */
    @Override
    public Message getMessage() {
        return message;
    }

    @Override
    public boolean isPersistent() {
        return persistent;
    }

    @Override
    public LoadedInbox getRegionDestination() {
        return inbox;
    }

    @Override
    public int getSize() {
        return size;
    }

    @Override
    public long getExpiration() {
        return expiration;
    }

    @Override
    public boolean isExpired() {
        return expiration > 0 && System.currentTimeMillis() > expiration;
    }

    @Override
    public boolean canProcessAsExpired() {
        return false;
    }

    @Override
    public int getRedeliveryCounter() {
        return 0;
    }

    @Override
    public void incrementRedeliveryCounter() {
        // what an earlier subscription had is the inbox's to say
    }

    @Override
    public int getReferenceCount() {
        return 1;
    }

    @Override
    public int incrementReferenceCount() {
        return 1;
    }

    @Override
    public int decrementReferenceCount() {
        return 1;
    }

    @Override
    public ConsumerId getTargetConsumerId() {
        return null;
    }

    @Override
    public String getGroupID() {
        return null;
    }

    @Override
    public int getGroupSequence() {
        return 0;
    }

    @Override
    public boolean isAdvisory() {
        return false;
    }

    @Override
    public boolean isAcked() {
        return false;
    }

    @Override
    public void setAcked(boolean acked) {
        // each subscription has a reference of its own
    }

    @Override
    public boolean isDropped() {
        return false;
    }

    @Override
    public void drop() {
        // it leaves when its subscription lets go of it
    }

    @Override
    public boolean dropIfLive() {
        return true;
    }

    @Override
    public boolean lock(LockOwner subscription) {
        return true;
    }

    @Override
    public boolean unlock() {
        return true;
    }

    @Override
    public LockOwner getLockOwner() {
        return null;
    }

    @Override
    public void setDelivered(boolean delivered) {
        // only ActiveMQ's own clients say so
    }

    @Override
    public boolean isDelivered() {
        return true;
    }
}
