package gatepost.inbox;

import gatepost.contracts.inbox.InboxLimits;
import gatepost.contracts.inbox.Inboxes;
import gatepost.contracts.inbox.LoadedInbox;
import gatepost.contracts.inbox.Room;
import gatepost.contracts.inbox.StoredNotes;
import java.io.IOException;
import java.util.Optional;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.command.ActiveMQDestination;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Offers the inboxes to the broker. A component apart from the configured one, whose keys would become properties of this service and
 * could give it another plugin's name.
 */
@Component(
        service = {BrokerPlugin.class, InboxPlugin.class},
        property = "gatepost.plugin=inbox")
public final class InboxPlugin implements BrokerPlugin, Inboxes {

    private final InboxService inboxes;
    private volatile Broker broker;

    @Activate
    public InboxPlugin(@Reference InboxService inboxes) {
        this.inboxes = inboxes;
    }

    @Override
    public Broker installPlugin(Broker next) {
        broker = next;
        return new InboxFilter(next, inboxes);
    }

    /** @return the broker while it runs, for those who look at it */
    Optional<BrokerService> running() {
        return Optional.ofNullable(broker).map(Broker::getBrokerService).filter(BrokerService::isStarted);
    }

    /** @return what the running broker's store remembers of inboxes. @throws IOException while there is none */
    StoredNotes notes() throws IOException {
        return store(StoredNotes.class);
    }

    /** @return the running broker's store, as what it is asked for. @throws IOException while there is none */
    <T> T store(Class<T> as) throws IOException {
        BrokerService service = running().orElseThrow(() -> new IOException("the broker is not running"));
        if (as.isInstance(service.getPersistenceAdapter())) {
            return as.cast(service.getPersistenceAdapter());
        }
        throw new IOException(
                "the broker keeps nothing, and so has no inboxes: store in etc/gatepost.broker.cfg is memory");
    }

    @Override
    public boolean isInbox(ActiveMQDestination queue) {
        return inboxes.isInbox(queue);
    }

    @Override
    public LoadedInbox open(Room room) throws Exception {
        return inboxes.open(room);
    }

    @Override
    public InboxLimits limits() {
        return inboxes.limits();
    }

    @Override
    public long forgetAfter() {
        return inboxes.forgetAfter();
    }

    @Override
    public void whenChanged(Runnable listener) {
        inboxes.whenChanged(listener);
    }
}
