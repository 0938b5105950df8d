package gatepost.broker.connector;

import gatepost.configuration.ConfigurationCheck;
import gatepost.configuration.ConfigurationProblems;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Says what would be wrong with another configuration of a connector. */
@Component(property = ConfigurationCheck.PID + "=" + Connector.PID)
public final class ConnectorCheck implements ConfigurationCheck {

    @Override
    public List<String> check(String pid, Map<String, ?> properties) throws ConfigurationProblems {
        ConnectorSettings.of(pid, new HashMap<>(properties));
        return List.of();
    }
}
