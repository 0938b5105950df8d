package gatepost.store;

import gatepost.store.queue.QueueTransactions;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.activemq.command.TransactionId;
import org.apache.activemq.store.TransactionRecoveryListener;
import org.apache.activemq.store.TransactionStore;

/**
 * Commits what a transaction did to queues, as a whole, and then what it did to durable subscriptions, as a whole. Only a crash
 * between the two can part them.
 */
final class Transactions implements TransactionStore {

    private final QueueTransactions queues;
    private final TransactionStore topics;

    Transactions(QueueTransactions queues, TransactionStore topics) {
        this.queues = queues;
        this.topics = topics;
    }

    @Override
    public void prepare(TransactionId transaction) throws IOException {
        throw new IOException("two-phase commit is not offered: STOMP has none");
    }

    @Override
    public void commit(TransactionId transaction, boolean wasPrepared, Runnable before, Runnable after)
            throws IOException {
        topics.commit(transaction, wasPrepared, () -> commitQueues(transaction, before), after);
    }

    private void commitQueues(TransactionId transaction, Runnable before) {
        if (before != null) {
            before.run();
        }
        try {
            queues.commit(transaction);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void rollback(TransactionId transaction) throws IOException {
        queues.rollback(transaction);
        topics.rollback(transaction);
    }

    @Override
    public void recover(TransactionRecoveryListener listener) throws IOException {
        topics.recover(listener);
    }

    @Override
    public void start() throws Exception {
        topics.start();
    }

    @Override
    public void stop() throws Exception {
        topics.stop();
    }
}
