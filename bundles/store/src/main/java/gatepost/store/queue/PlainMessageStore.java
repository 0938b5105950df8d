package gatepost.store.queue;

import java.io.IOException;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageAck;
import org.apache.activemq.store.InlineListenableFuture;
import org.apache.activemq.store.ListenableFuture;
import org.apache.activemq.store.MessageStore;
import org.apache.activemq.usage.MemoryUsage;

/** The many ways in which ActiveMQ may ask a queue's store for the same, and what it asks of other stores only. */
abstract class PlainMessageStore implements MessageStore {

    private static final ListenableFuture<Object> STORED_LATER = new InlineListenableFuture();

    private boolean prioritized;

    @Override
    public ListenableFuture<Object> asyncAddQueueMessage(ConnectionContext context, Message message)
            throws IOException {
        addMessage(context, message);
        return STORED_LATER;
    }

    @Override
    public ListenableFuture<Object> asyncAddQueueMessage(
            ConnectionContext context, Message message, boolean canOptimizeHint) throws IOException {
        return asyncAddQueueMessage(context, message);
    }

    @Override
    public void addMessage(ConnectionContext context, Message message, boolean canOptimizeHint) throws IOException {
        addMessage(context, message);
    }

    @Override
    public void removeAsyncMessage(ConnectionContext context, MessageAck ack) throws IOException {
        removeMessage(context, ack);
    }

    @Override
    public void updateMessage(Message message) {
        // ActiveMQ asks for this only with persistJMSRedelivered, which is off: how often it was sent is not kept over
        // a restart
    }

    @Override
    public ListenableFuture<Object> asyncAddTopicMessage(ConnectionContext context, Message message) {
        throw new UnsupportedOperationException(getDestination() + " is no topic");
    }

    @Override
    public ListenableFuture<Object> asyncAddTopicMessage(
            ConnectionContext context, Message message, boolean canOptimizeHint) {
        throw new UnsupportedOperationException(getDestination() + " is no topic");
    }

    @Override
    public void setPrioritizedMessages(boolean prioritizedMessages) {
        prioritized = prioritizedMessages;
    }

    @Override
    public boolean isPrioritizedMessages() {
        return prioritized;
    }

    @Override
    public void setMemoryUsage(MemoryUsage memoryUsage) {
        // messages count themselves
    }

    @Override
    public StoreType getType() {
        // ActiveMQ's list is closed; it asks this of topics only
        return StoreType.KAHADB;
    }

    @Override
    public void start() {
        // it is in use from the start of the whole store on
    }

    @Override
    public void stop() {
        // its content stays
    }

    @Override
    public void dispose(ConnectionContext context) {
        // what is to be forgotten was removed before
    }
}
