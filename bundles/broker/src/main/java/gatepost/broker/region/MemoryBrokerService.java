package gatepost.broker.region;

import gatepost.broker.quota.Ledger;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerService;

/** ActiveMQ's broker without a store, except that its queues charge what they hold to who sent it. */
public final class MemoryBrokerService extends BrokerService {

    private final Ledger ledger;

    /** @param ledger what is kept for whom */
    public MemoryBrokerService(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    protected Broker createRegionBroker() throws Exception {
        setDestinationFactory(new MemoryQueueFactory(this, ledger));
        return super.createRegionBroker();
    }
}
