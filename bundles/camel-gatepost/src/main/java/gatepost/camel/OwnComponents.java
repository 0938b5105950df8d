package gatepost.camel;

import gatepost.client.Connections;
import gatepost.contracts.InboxNames;
import gatepost.contracts.events.EventFeed;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Components over the connections of Gatepost's own accounts. */
@Component
public final class OwnComponents implements GatepostComponents {

    private final Connections connections;

    /** They come and go while routes run. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile InboxNames inboxes;

    private final EventFeeds feeds = new EventFeeds();

    @Activate
    public OwnComponents(@Reference Connections connections) {
        this.connections = connections;
    }

    @Override
    public GatepostComponent component(String account) {
        return new GatepostComponent(connections.connection(account), this::isInbox, feeds);
    }

    /** Who tells of events. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY,
            unbind = "withoutFeed")
    void withFeed(EventFeed feed) {
        feeds.come(feed);
    }

    void withoutFeed(EventFeed feed) {
        feeds.gone(feed);
    }

    private boolean isInbox(String queue) {
        InboxNames names = inboxes;
        return names != null && names.isInbox(queue);
    }
}
