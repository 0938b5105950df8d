package gatepost.broker;

import gatepost.broker.plugin.DurableLimit;
import gatepost.broker.selector.SelectorLimits;
import gatepost.broker.selector.Selectors;
import java.util.concurrent.atomic.LongAdder;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerService;

/** What a subscription may cost: its selector, and how many durable ones are kept for how long. Outlives restarts of the broker. */
public final class SubscriptionLimits {

    private final Selectors selectors = new Selectors(new SelectorLimits(0, 0, 0, 0));
    private final LongAdder durablesRefused = new LongAdder();
    private volatile DurableLimit durables;

    /** @return who reads selectors, and counts those that were refused */
    public Selectors selectors() {
        return selectors;
    }

    /** @return durable subscriptions that were refused since Karaf was started */
    public long durablesRefused() {
        return durablesRefused.sum();
    }

    Broker install(Broker next) {
        durables = new DurableLimit(next, durablesRefused);
        return durables;
    }

    /** Applies the limits, also to a running broker. */
    void limit(BrokerService broker, BrokerSettings.Live live) {
        selectors.limit(live.selectors());
        durables.limit(live.durablesPerUser());
        BrokerAssembly.limitOffline(broker, live);
    }
}
