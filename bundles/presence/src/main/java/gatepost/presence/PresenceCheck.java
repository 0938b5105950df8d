package gatepost.presence;

import gatepost.configuration.ConfigurationCheck;
import gatepost.configuration.ConfigurationProblems;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Says what would be wrong with another configuration of presence. */
@Component(property = ConfigurationCheck.PID + "=" + PresenceService.PID)
public final class PresenceCheck implements ConfigurationCheck {

    @Override
    public List<String> check(String pid, Map<String, ?> properties) throws ConfigurationProblems {
        PresenceSettings.of(properties);
        return List.of();
    }
}
