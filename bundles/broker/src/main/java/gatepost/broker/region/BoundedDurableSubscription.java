package gatepost.broker.region;

import gatepost.broker.plugin.DurableLimit;
import gatepost.broker.quota.DurableBytes;
import gatepost.broker.quota.Ledger;
import gatepost.contracts.Account;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.broker.region.DurableTopicSubscription;
import org.apache.activemq.broker.region.MessageReference;
import org.apache.activemq.broker.region.RegionBroker;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.command.MessageAck;
import org.apache.activemq.usage.SystemUsage;

/**
 * ActiveMQ's durable subscription, except that what waits for it is charged to its user, and that what comes while that is too much is
 * not kept: who subscribes and stays away would fill the store with what others send. Whoever is trusted may have any number; after a
 * start nobody is until they come.
 */
final class BoundedDurableSubscription extends DurableTopicSubscription {

    private static final long RECOUNT = TimeUnit.SECONDS.toNanos(5);

    private final DurableBytes.Share share;
    private volatile long counted = System.nanoTime() - RECOUNT;

    BoundedDurableSubscription(
            RegionBroker broker,
            SystemUsage usage,
            ConnectionContext context,
            ConsumerInfo info,
            boolean keepActive,
            Ledger ledger)
            throws JMSException {
        super(broker, usage, context, info, keepActive);
        share = ledger.durable().share(DurableLimit.user(context.getClientId()));
    }

    /** A topic is its. What waited in the store already is counted. */
    @Override
    public void add(ConnectionContext context, Destination destination) throws Exception {
        super.add(context, destination);
        recount();
    }

    @Override
    public void add(MessageReference message) throws Exception {
        int size = message.getSize();
        if (!isTrusted() && !share.hasRoomFor(size)) {
            // what has expired was not told
            if (System.nanoTime() - counted >= RECOUNT) {
                recount();
            }
            if (!share.hasRoomFor(size)) {
                share.dropped();
                unmatched(message);
                return;
            }
        }
        share.add(size);
        super.add(message);
    }

    @Override
    protected void acknowledge(ConnectionContext context, MessageAck ack, MessageReference message) throws IOException {
        super.acknowledge(context, ack, message);
        share.add(-message.getSize());
    }

    @Override
    public void destroy() {
        super.destroy();
        share.is(0);
    }

    private void recount() {
        share.is(getPendingMessageSize());
        counted = System.nanoTime();
    }

    private boolean isTrusted() {
        return Account.of(getContext()).map(Account::isTrusted).orElse(false);
    }
}
