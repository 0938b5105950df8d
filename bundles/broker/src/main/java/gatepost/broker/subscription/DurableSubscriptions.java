package gatepost.broker.subscription;

import gatepost.broker.EmbeddedBroker;
import java.util.Comparator;
import java.util.List;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.command.RemoveSubscriptionInfo;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The durable subscriptions of the running broker, for operators. */
@Component(service = DurableSubscriptions.class)
public final class DurableSubscriptions {

    private final EmbeddedBroker broker;

    @Activate
    public DurableSubscriptions(@Reference EmbeddedBroker broker) {
        this.broker = broker;
    }

    /** @return all of them, those for which most waits first; none while the broker is stopped */
    public List<DurableSubscription> list() {
        return broker.running().map(DurableSubscription::all).orElse(List.of()).stream()
                .sorted(Comparator.comparingLong(DurableSubscription::waiting)
                        .reversed()
                        .thenComparing(DurableSubscription::clientId)
                        .thenComparing(DurableSubscription::name))
                .toList();
    }

    /**
     * Removes one that is off line, and what waits for it.
     *
     * @param clientId {@code user/client-id}
     * @return what it was
     */
    public DurableSubscription remove(String clientId, String name) throws Exception {
        BrokerService running = broker.running().orElseThrow(() -> new IllegalStateException("the broker is stopped"));
        DurableSubscription subscription = list().stream()
                .filter(known ->
                        known.clientId().equals(clientId) && known.name().equals(name))
                .findAny()
                .orElseThrow(() ->
                        new IllegalArgumentException("there is no durable subscription " + name + " of " + clientId));
        if (subscription.offlineSince().isEmpty()) {
            throw new IllegalArgumentException(name + " of " + clientId + " is on line: close its session first, with "
                    + "gatepost:session-close");
        }
        RemoveSubscriptionInfo removal = new RemoveSubscriptionInfo();
        removal.setClientId(clientId);
        removal.setSubscriptionName(name);
        running.getRegionBroker().removeSubscription(running.getAdminConnectionContext(), removal);
        return subscription;
    }
}
