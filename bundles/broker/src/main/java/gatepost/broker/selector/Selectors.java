package gatepost.broker.selector;

import java.util.concurrent.atomic.LongAdder;
import org.apache.activemq.filter.BooleanExpression;
import org.apache.activemq.filter.ConstantExpression;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The broker's selectors: within which limits, and how many were refused. The limits may change at any time, from any thread. */
public final class Selectors {

    private static final Logger LOG = LoggerFactory.getLogger(Selectors.class);

    private final LongAdder refused = new LongAdder();
    private final LongAdder exhausted = new LongAdder();
    private volatile SelectorLimits limits;

    public Selectors(SelectorLimits limits) {
        this.limits = limits;
    }

    /** Holds for selectors that come from now on. */
    public void limit(SelectorLimits next) {
        limits = next;
    }

    /** @throws SelectorFault when it is none, or exceeds a limit; says what is wrong with it */
    public Selector read(String text) throws SelectorFault {
        try {
            return Selector.of(text, limits, exhausted);
        } catch (SelectorFault e) {
            refused.increment();
            throw e;
        }
    }

    /**
     * Reads the selector of a subscription that is in the store. It may be from before the limits: one that would be refused matches
     * nothing, and the subscription waits for its owner or an operator.
     *
     * @param subscription what it is called in the log
     */
    public BooleanExpression readStored(String text, String subscription) {
        try {
            return read(text);
        } catch (SelectorFault e) {
            LOG.warn("the subscription {} gets no message: {}", subscription, e.getMessage());
            return ConstantExpression.FALSE;
        }
    }

    /** @return selectors that were refused */
    public long refused() {
        return refused.sum();
    }

    /** @return messages that a selector did not match because it needed more work than it may for one */
    public long exhausted() {
        return exhausted.sum();
    }
}
