package gatepost.broker.quota;

import gatepost.contracts.Account;
import gatepost.store.quota.Charge;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the dead letter queue: the oldest ones go when there are too many, and what one user sent is at most a tenth of it, unless
 * that user is trusted, so that nobody can push out others'. Any thread.
 *
 * <p>A NACK holds locks of the queue that it came from: the oldest are removed on a thread that holds none, and if it does not
 * keep up, what comes above twice the limit is not kept.
 */
public final class DeadLetters {

    /** The name that ActiveMQ gives it. */
    public static final ActiveMQQueue QUEUE = new ActiveMQQueue("ActiveMQ.DLQ");

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final int USER_SHARE = 10;
    private static final int LEEWAY = 2;

    /** Who was trusted when they last sent something; after a start nobody is until then. */
    private final Set<String> trusted = ConcurrentHashMap.newKeySet();

    private final LongAdder dropped = new LongAdder();
    private final AtomicBoolean trimming = new AtomicBoolean();
    private volatile int messages = Integer.MAX_VALUE;
    private volatile long bytes;

    void limit(int mostMessages, long mostBytes) {
        messages = mostMessages;
        bytes = mostBytes;
    }

    public int limit() {
        return messages;
    }

    /** @return bytes of all of them, 0 for no limit */
    public long byteLimit() {
        return bytes;
    }

    /** @return how many were not kept, or no longer */
    public long dropped() {
        return dropped.sum();
    }

    void seen(Account account) {
        if (account.isTrusted() != trusted.contains(account.user())) {
            if (account.isTrusted()) {
                trusted.add(account.user());
            } else {
                trusted.remove(account.user());
            }
        }
    }

    /** @return whether that user was trusted when they last sent something */
    boolean isTrusted(String user) {
        return trusted.contains(user);
    }

    /** @return whether a message may become a dead letter; it is counted if not */
    boolean admits(Broker broker, Message message) {
        boolean admitted = messages > 0 && (bytes == 0 || message.getSize() <= bytes);
        if (admitted && broker.getDestinationMap(QUEUE).get(QUEUE) instanceof MeasuredQueue queue) {
            admitted = !isAbove(LEEWAY, queue.kept()) && !isShareUsed(queue, message);
        }
        if (!admitted) {
            dropped.increment();
        }
        return admitted;
    }

    private boolean isShareUsed(MeasuredQueue queue, Message message) {
        String user = message.getUserID();
        if (user == null || trusted.contains(user)) {
            return false;
        }
        Charge share = queue.kept(user);
        return USER_SHARE * (share.messages() + 1) > Math.max(USER_SHARE, messages)
                || bytes > 0 && USER_SHARE * (share.bytes() + message.getSize()) > bytes;
    }

    /** Another one came: those that are too many go, soon. */
    void trim(Broker broker) {
        if (surplus(broker) > 0 && trimming.compareAndSet(false, true)) {
            broker.getBrokerService().getTaskRunnerFactory().execute(() -> removeSurplus(broker));
        }
    }

    private void removeSurplus(Broker broker) {
        boolean removed = true;
        try {
            for (int surplus = surplus(broker); surplus > 0 && removed; surplus = surplus(broker)) {
                removed = removeOldest(broker, surplus);
            }
        } finally {
            trimming.set(false);
        }
        if (removed) {
            // another may have come between the last look and now, and found somebody at work
            trim(broker);
        }
    }

    /** @return how many have to go at least */
    private int surplus(Broker broker) {
        if (!(broker.getDestinationMap(QUEUE).get(QUEUE) instanceof MeasuredQueue queue) || !isAbove(1, queue.kept())) {
            return 0;
        }
        return (int) Math.max(1, queue.kept().messages() - messages);
    }

    private boolean isAbove(int times, Charge now) {
        return now.messages() > (long) times * messages || bytes > 0 && now.bytes() > times * bytes;
    }

    private boolean removeOldest(Broker broker, int count) {
        try {
            int gone = broker.getDestinationMap(QUEUE).get(QUEUE) instanceof MeasuredQueue queue
                    ? queue.removeOldest(count)
                    : 0;
            dropped.add(gone);
            return gone > 0;
        } catch (Exception e) {
            LOG.error("the oldest of {} could not be removed", QUEUE, e);
            return false;
        }
    }
}
