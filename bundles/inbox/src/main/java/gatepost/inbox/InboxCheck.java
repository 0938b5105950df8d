package gatepost.inbox;

import gatepost.configuration.ConfigurationCheck;
import gatepost.configuration.ConfigurationProblems;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Says what would be wrong with another configuration of the inboxes. */
@Component(property = ConfigurationCheck.PID + "=" + InboxService.PID)
public final class InboxCheck implements ConfigurationCheck {

    @Override
    public List<String> check(String pid, Map<String, ?> properties) throws ConfigurationProblems {
        InboxSettings.of(properties);
        return List.of();
    }
}
