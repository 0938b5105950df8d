package gatepost.events;

import gatepost.configuration.ConfigurationCheck;
import gatepost.configuration.ConfigurationProblems;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Says what would be wrong with another configuration of the keeping of events. */
@Component(property = ConfigurationCheck.PID + "=" + EventsService.PID)
public final class EventsCheck implements ConfigurationCheck {

    @Override
    public List<String> check(String pid, Map<String, ?> properties) throws ConfigurationProblems {
        EventsSettings.of(properties);
        return List.of();
    }
}
