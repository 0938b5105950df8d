package gatepost.routes;

import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.Settings;
import gatepost.routes.http.HttpSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What PID {@code gatepost.routes} says.
 *
 * @param folder where the files are, absolute
 * @param stopTimeout for the messages that a route has begun
 * @param http for routes that begin with {@code platform-http:}
 */
record RoutesSettings(Path folder, Duration stopTimeout, HttpSettings http) {

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
        HttpSettings http = new HttpSettings(settings.text("http.address"), settings.integer("http.port", 1, 65_535),
                settings.integer("http.body.max", 1, 1 << 30));
        settings.verify();
        return new RoutesSettings(folder, stopTimeout, http);
    }
}
