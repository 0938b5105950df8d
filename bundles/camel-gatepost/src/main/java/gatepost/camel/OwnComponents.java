package gatepost.camel;

import gatepost.client.Connections;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Components over the connections of Gatepost's own accounts. */
@Component
public final class OwnComponents implements GatepostComponents {

    private final Connections connections;

    @Activate
    public OwnComponents(@Reference Connections connections) {
        this.connections = connections;
    }

    @Override
    public GatepostComponent component(String account) {
        return new GatepostComponent(connections.connection(account));
    }
}
