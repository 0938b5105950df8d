package gatepost.routes;

import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.Settings;
import gatepost.routes.http.HttpSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What PID {@code gatepost.routes} says.
 *
 * @param folder where the files are, absolute
 * @param stopTimeout for the messages that a route has begun
 * @param http for routes that begin with {@code platform-http:}
 */
record RoutesSettings(Path folder, Duration stopTimeout, HttpSettings http) {

    private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\\[[0-9a-f:.]+]");

    /** @param home where a relative folder starts */
    static RoutesSettings of(Map<String, ?> properties, Path home) throws ConfigurationProblems {
        Settings settings = new Settings(Routes.PID, properties, RoutesDefinition.class);
        Path folder = home;
        try {
            folder = home.resolve(settings.text("folder")).normalize();
        } catch (InvalidPathException e) {
            settings.problem("folder", "expected the name of a folder");
        }
        if (settings.text("folder").isEmpty() || settings.text("http.address").isEmpty()) {
            settings.problem(settings.text("folder").isEmpty() ? "folder" : "http.address", "expected a value");
        }
        Duration stopTimeout = Duration.ofMillis(settings.integer("stop.timeout", 100, 600_000));
        HttpSettings http = http(settings);
        settings.verify();
        return new RoutesSettings(folder, stopTimeout, http);
    }

    private static HttpSettings http(Settings settings) {
        int bodyMax = settings.integer("http.body.max", 1, 1 << 30);
        int bodiesMax = settings.integer("http.bodies.max", 1, 1 << 30);
        if (bodiesMax < bodyMax) {
            settings.problem("http.bodies.max", "expected at least http.body.max, " + bodyMax);
        }
        return new HttpSettings(
                settings.text("http.address"),
                settings.integer("http.port", 1, 65_535),
                bodyMax,
                bodiesMax,
                settings.integer("http.connections.max", 1, 100_000),
                Duration.ofMillis(settings.integer("http.timeout", 100, 600_000)),
                hosts(settings));
    }

    private static Set<String> hosts(Settings settings) {
        Set<String> hosts = new LinkedHashSet<>();
        settings.list("http.hosts").forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
        if (!hosts.stream().allMatch(host -> HOST.matcher(host).matches())) {
            settings.problem("http.hosts", "expected names of hosts without a port, separated by commas");
        }
        return hosts;
    }
}
