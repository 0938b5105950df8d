package gatepost.console;

import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.Settings;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The values of {@code gatepost.console}, checked.
 *
 * @param hosts names besides loopback's, in lower case, that the console is asked for under
 */
public record ConsoleSettings(Set<String> hosts) {

    /** In force until there is a configuration that can be used. */
    static final ConsoleSettings CLOSED = new ConsoleSettings(Set.of());

    private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\\[[0-9a-f:.]+]");

    public ConsoleSettings {
        hosts = Set.copyOf(hosts);
    }

    static ConsoleSettings of(Map<String, ?> properties) throws ConfigurationProblems {
        Settings settings = new Settings(Console.PID, properties, ConsoleDefinition.class);
        Set<String> hosts = new LinkedHashSet<>();
        for (String host : settings.list("hosts")) {
            hosts.add(host.toLowerCase(Locale.ROOT));
        }
        if (!hosts.stream().allMatch(host -> HOST.matcher(host).matches())) {
            settings.problem("hosts", "expected names of hosts without a port, separated by commas");
        }
        settings.verify();
        return new ConsoleSettings(hosts);
    }
}
