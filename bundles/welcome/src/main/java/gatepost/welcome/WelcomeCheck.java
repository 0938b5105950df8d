package gatepost.welcome;

import gatepost.configuration.ConfigurationCheck;
import gatepost.configuration.ConfigurationProblems;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Says what would be wrong with another configuration of the greeting. */
@Component(property = ConfigurationCheck.PID + "=" + Welcome.PID)
public final class WelcomeCheck implements ConfigurationCheck {

    @Override
    public List<String> check(String pid, Map<String, ?> properties) throws ConfigurationProblems {
        WelcomeSettings.of(properties);
        return List.of();
    }
}
