package gatepost.console;

import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The values of {@code gatepost.console}, checked.
 *
 * @param hosts names besides loopback's, in lower case, that the console is asked for under
 * @param webSocket where the pages connect to, where that is not the connector
 * @param tryIt whether there is the page {@code /try}
 */
public record ConsoleSettings(
        Set<String> hosts,
        Optional<URI> webSocket,
        Sessions sessions,
        Throttle throttle,
        Requests requests,
        boolean tryIt) {

    /** In force until there is a configuration that can be used. */
    static final ConsoleSettings CLOSED = new ConsoleSettings(
            Set.of(),
            Optional.empty(),
            new Sessions(Duration.ZERO, Duration.ZERO),
            new Throttle(0, Duration.ofSeconds(1)),
            new Requests(8, 100, Duration.ofSeconds(10)),
            false);

    private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\\[[0-9a-f:.]+]");
    private static final int DAY = 86_400;

    /**
     * How long an administrator stays signed in.
     *
     * @param idle without a request
     * @param max in any case
     */
    public record Sessions(Duration idle, Duration max) {}

    /**
     * How guessing is slowed down.
     *
     * @param failures that are free
     * @param waitMax the longest wait
     */
    public record Throttle(int failures, Duration waitMax) {}

    /**
     * What the requests of all clients together may take.
     *
     * @param max that are worked on at a time
     * @param waiting for their turn
     * @param timeout for a body to come, and for a turn
     */
    public record Requests(int max, int waiting, Duration timeout) {}

    public ConsoleSettings {
        hosts = Set.copyOf(hosts);
    }

    static ConsoleSettings of(Map<String, ?> properties) throws ConfigurationProblems {
        Settings settings = new Settings(Console.PID, properties, ConsoleDefinition.class);
        ConsoleSettings read = new ConsoleSettings(
                hosts(settings),
                webSocket(settings),
                new Sessions(
                        Duration.ofSeconds(settings.integer("session.idle", 10, DAY)),
                        Duration.ofSeconds(settings.integer("session.max", 10, 30 * DAY))),
                new Throttle(
                        settings.integer("throttle.failures", 1, 1000),
                        Duration.ofSeconds(settings.integer("throttle.wait.max", 1, 3600))),
                new Requests(
                        settings.integer("requests.max", 1, 1000),
                        settings.integer("requests.waiting", 0, 100_000),
                        Duration.ofSeconds(settings.integer("requests.timeout", 1, 600))),
                settings.flag("try"));
        settings.verify();
        return read;
    }

    private static Set<String> hosts(Settings settings) {
        Set<String> hosts = new LinkedHashSet<>();
        for (String host : settings.list("hosts")) {
            hosts.add(host.toLowerCase(Locale.ROOT));
        }
        if (!hosts.stream().allMatch(host -> HOST.matcher(host).matches())) {
            settings.problem("hosts", "expected names of hosts without a port, separated by commas");
        }
        return hosts;
    }

    private static Optional<URI> webSocket(Settings settings) {
        String text = settings.text("websocket");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text);
            // it becomes a part of the pages' Content-Security-Policy
            if (Set.of("ws", "wss").contains(String.valueOf(uri.getScheme()))
                    && uri.getHost() != null
                    && HOST.matcher(uri.getHost().toLowerCase(Locale.ROOT)).matches()
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException e) {
            // reported below together with the other ways of being wrong
        }
        settings.problem("websocket", "expected ws://HOST:PORT/PATH or wss://HOST/PATH");
        return Optional.empty();
    }
}
