package gatepost.console;

import gatepost.configuration.ConfigurationCheck;
import gatepost.configuration.ConfigurationProblems;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Says what would be wrong with another configuration of the console. */
@Component(property = ConfigurationCheck.PID + "=" + Console.PID)
public final class ConsoleCheck implements ConfigurationCheck {

    @Override
    public List<String> check(String pid, Map<String, ?> properties) throws ConfigurationProblems {
        ConsoleSettings.of(properties);
        return List.of();
    }
}
