package gatepost.broker.subscription;

import gatepost.broker.plugin.DurableLimit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.region.DurableTopicSubscription;
import org.apache.activemq.broker.region.RegionBroker;
import org.apache.activemq.broker.region.TopicRegion;

/**
 * A durable subscription to a topic, as it is at this moment.
 *
 * @param clientId {@code user/client-id}
 * @param name what its client calls it
 * @param selector empty when it gets all messages
 * @param waiting messages that are kept for it
 * @param offlineSince nothing while it is on line; no earlier than the broker's start
 */
public record DurableSubscription(
        String clientId, String name, String topic, String selector, long waiting, Optional<Instant> offlineSince) {

    /** Which ActiveMQ has in front of the selectors that the transport gives it. */
    private static final String CONVERTS = "convert_string_expressions:";

    /** @return whose it is */
    public String user() {
        return DurableLimit.user(clientId);
    }

    /** @return all of a running broker, in no particular order */
    static List<DurableSubscription> all(BrokerService broker) {
        return topics(broker).getDurableSubscriptions().values().stream()
                .map(DurableSubscription::of)
                .toList();
    }

    /** @return how many a running broker has */
    public static int count(BrokerService broker) {
        return topics(broker).getDurableSubscriptions().size();
    }

    private static DurableSubscription of(DurableTopicSubscription subscription) {
        String selector = subscription.getConsumerInfo().getSelector();
        return new DurableSubscription(
                subscription.getSubscriptionKey().getClientId(),
                subscription.getSubscriptionKey().getSubscriptionName(),
                subscription.getConsumerInfo().getDestination().getPhysicalName(),
                selector == null
                        ? ""
                        : selector.startsWith(CONVERTS) ? selector.substring(CONVERTS.length()) : selector,
                subscription.getPendingQueueSize(),
                subscription.isActive()
                        ? Optional.empty()
                        : Optional.of(Instant.ofEpochMilli(subscription.getOfflineTimestamp())));
    }

    private static TopicRegion topics(BrokerService broker) {
        return (TopicRegion) ((RegionBroker) broker.getRegionBroker()).getTopicRegion();
    }
}
