package gatepost.broker.quota;

import gatepost.store.quota.Charge;

/** A queue that knows how much is in it, and can give up the oldest. Any thread. */
public interface MeasuredQueue {

    Charge kept();

    /** @return how much of it that user sent, 0 where that is not known */
    Charge kept(String user);

    /**
     * Removes the oldest messages, also those that a reader has got and not acknowledged.
     *
     * @return how many it was
     */
    int removeOldest(int most) throws Exception;
}
