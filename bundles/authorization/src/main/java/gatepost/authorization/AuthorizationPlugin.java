package gatepost.authorization;

import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerPlugin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Offers the gate to the broker. A component apart from the configured one, whose keys would become properties of this
 * service and could give it another plugin's name.
 */
@Component(service = BrokerPlugin.class, property = "gatepost.plugin=authorization")
public final class AuthorizationPlugin implements BrokerPlugin {

    private final Authorization authorization;

    @Activate
    public AuthorizationPlugin(@Reference Authorization authorization) {
        this.authorization = authorization;
    }

    @Override
    public Broker installPlugin(Broker next) {
        return authorization.install(next);
    }
}
