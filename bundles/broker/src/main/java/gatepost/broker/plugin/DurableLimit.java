package gatepost.broker.plugin;

import gatepost.contracts.Account;
import gatepost.contracts.QuotaReached;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.RegionBroker;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.broker.region.TopicRegion;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.util.SubscriptionKey;

/**
 * How many durable subscriptions to topics a user may have, on line or not: each keeps every message that comes while its user is
 * away. Whoever the operator trusts may have any number. The limit may change while the broker runs; any thread.
 */
public final class DurableLimit extends BrokerFilter {

    private final LongAdder refused;
    private final Set<SubscriptionKey> reserved = new HashSet<>();
    private volatile int perUser;

    /**
     * No limit yet.
     *
     * @param refused counts those that were refused
     */
    public DurableLimit(Broker next, LongAdder refused) {
        super(next);
        this.refused = refused;
    }

    /** @param most so many of one user from now on, 0 for no limit; those that are there stay */
    public void limit(int most) {
        perUser = most;
    }

    @Override
    public Subscription addConsumer(ConnectionContext context, ConsumerInfo info) throws Exception {
        if (!info.isDurable() || context.getClientId() == null) {
            return super.addConsumer(context, info);
        }
        SubscriptionKey key = new SubscriptionKey(context.getClientId(), info.getSubscriptionName());
        boolean mine = reserve(context, key);
        try {
            return super.addConsumer(context, info);
        } finally {
            if (mine) {
                synchronized (reserved) {
                    reserved.remove(key);
                }
            }
        }
    }

    /** Counts it from now on: many that come at once are not all the last one. @return whether nobody else had */
    private boolean reserve(ConnectionContext context, SubscriptionKey key) throws QuotaReached {
        int limit = perUser;
        boolean trusted = Account.of(context).filter(Account::isTrusted).isPresent();
        synchronized (reserved) {
            if (limit > 0 && !trusted && !topics().getDurableSubscriptions().containsKey(key)) {
                String user = user(key.getClientId());
                Set<SubscriptionKey> all = new HashSet<>(reserved);
                all.addAll(topics().getDurableSubscriptions().keySet());
                all.remove(key);
                if (all.stream()
                                .filter(known -> user(known.getClientId()).equals(user))
                                .count()
                        >= limit) {
                    refused.increment();
                    throw new QuotaReached(
                            "durable.subscriptions.per.user",
                            "too many durable subscriptions: user " + user + " may have " + limit
                                    + "; UNSUBSCRIBE from one that is not needed any more");
                }
            }
            return reserved.add(key);
        }
    }

    /** @return whose it is: authentication makes client ids {@code user/client-id}, and no user's name holds a {@code /} */
    public static String user(String clientId) {
        int slash = clientId.indexOf('/');
        return slash < 0 ? clientId : clientId.substring(0, slash);
    }

    private TopicRegion topics() {
        return (TopicRegion) ((RegionBroker) getAdaptor(RegionBroker.class)).getTopicRegion();
    }
}
