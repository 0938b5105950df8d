package gatepost.transport;

import gatepost.configuration.ConfigurationCheck;
import gatepost.configuration.ConfigurationProblems;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Says what would be wrong with another configuration of what all connectors have in common. */
@Component(property = ConfigurationCheck.PID + "=" + StompTransportFactory.PID)
public final class TransportCheck implements ConfigurationCheck {

    @Override
    public List<String> check(String pid, Map<String, ?> properties) throws ConfigurationProblems {
        TransportSettings.of(properties);
        return List.of();
    }
}
