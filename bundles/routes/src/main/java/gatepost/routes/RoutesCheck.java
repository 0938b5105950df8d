package gatepost.routes;

import gatepost.configuration.ConfigurationCheck;
import gatepost.configuration.ConfigurationProblems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Says what would be wrong with another configuration of the operator\'s routes. */
@Component(property = ConfigurationCheck.PID + "=" + Routes.PID)
public final class RoutesCheck implements ConfigurationCheck {

    @Override
    public List<String> check(String pid, Map<String, ?> properties) throws ConfigurationProblems {
        RoutesSettings.of(
                properties, Path.of(System.getProperty("karaf.base", "")).toAbsolutePath());
        return List.of();
    }
}
