package gatepost.broker.plugin;

import gatepost.broker.selector.SelectorFault;
import gatepost.broker.selector.Selectors;
import jakarta.jms.InvalidSelectorException;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.ConsumerInfo;

/**
 * Reads the selector of each subscription that comes, before ActiveMQ does: its own parser and expressions can be made to take all
 * memory, or a thread for ever. A selector that is refused leaves nothing behind; one that is understood goes along in the place
 * that ActiveMQ has for predicates of the broker's.
 */
public final class SelectorFilter extends BrokerFilter {

    private final Selectors selectors;

    public SelectorFilter(Broker next, Selectors selectors) {
        super(next);
        this.selectors = selectors;
    }

    /** @throws SelectorFault when the selector is refused */
    @Override
    public Subscription addConsumer(ConnectionContext context, ConsumerInfo info) throws Exception {
        String text = info.getSelector();
        if (text != null) {
            if (info.isDurable() && info.isNoLocal()) {
                // ActiveMQ would read the selector again by itself whenever this subscription comes back
                throw new InvalidSelectorException("a durable subscription may have a selector or noLocal, not both");
            }
            info.setAdditionalPredicate(selectors.read(text));
            if (!info.isDurable()) {
                // of a durable one the text is stored, and SelectingTopicRegion keeps it from ActiveMQ's parser
                info.setSelector(null);
            }
        }
        return super.addConsumer(context, info);
    }
}
