package gatepost.broker.region;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.activemq.broker.region.MessageReference;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.filter.MessageEvaluationContext;
import org.apache.activemq.filter.NonCachedMessageEvaluationContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who reads a queue at a moment, and which of its messages any of them wants. */
final class Readers {

    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);

    /** For when everything is wanted, since nobody chooses. */
    static final Readers OF_ALL = new Readers(Set.of(), null, true);

    private final Set<Subscription> readers;
    private final ActiveMQDestination queue;
    private final boolean all;

    private Readers(Set<Subscription> readers, ActiveMQDestination queue, boolean all) {
        this.readers = readers;
        this.queue = queue;
        this.all = all;
    }

    /** With an exclusive reader the others get nothing; who only browses looks at everything. */
    static Readers of(List<Subscription> subscriptions, ActiveMQDestination queue) {
        boolean exclusive = subscriptions.stream()
                .anyMatch(subscription -> subscription.getConsumerInfo().isExclusive());
        Set<Subscription> readers = subscriptions.stream()
                .filter(subscription -> !exclusive
                        || subscription.isBrowser()
                        || subscription.getConsumerInfo().isExclusive())
                .collect(Collectors.toSet());
        return new Readers(
                readers, queue, readers.isEmpty() || readers.stream().anyMatch(reader -> !isSelective(reader)));
    }

    /** @return whether it gets some messages of a queue only */
    static boolean isSelective(Subscription subscription) {
        return !subscription.isBrowser()
                && (subscription.getConsumerInfo().getAdditionalPredicate() != null
                        || subscription.getConsumerInfo().getSelector() != null
                        || subscription.getConsumerInfo().isNoLocal());
    }

    /** @return whether what none of those wanted may be wanted now */
    boolean mayWantMoreThan(Readers before) {
        return all ? !before.all : !before.readers.containsAll(readers);
    }

    boolean want(MessageReference message) {
        if (all || message.isExpired()) {
            return true;
        }
        MessageEvaluationContext context = new NonCachedMessageEvaluationContext();
        context.setDestination(queue);
        context.setMessageReference(message);
        for (Subscription reader : readers) {
            try {
                if (reader.matches(message, context)) {
                    return true;
                }
            } catch (Exception e) {
                // ActiveMQ moves a message whose headers cannot be read to the dead letters, once it has it
                LOG.debug("{} of {} cannot be compared with a selector", message.getMessageId(), queue, e);
                return true;
            }
        }
        return false;
    }
}
