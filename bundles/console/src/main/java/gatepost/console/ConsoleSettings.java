package gatepost.console;

import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.Settings;
import gatepost.contracts.Networks;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values of {@code gatepost.console}, checked.
 *
 * @param hosts names besides loopback's, in lower case, that the console is asked for under
 * @param webSocket where the pages connect to, where that is not the connector
 * @param monitors who is told how Gatepost is
 * @param tryIt whether there is the page {@code /try}
 */
public record ConsoleSettings(
        Set<String> hosts,
        Optional<URI> webSocket,
        Sessions sessions,
        Throttle throttle,
        Requests requests,
        Monitors monitors,
        boolean tryIt) {

    /** In force until there is a configuration that can be used. */
    static final ConsoleSettings CLOSED = new ConsoleSettings(
            Set.of(),
            Optional.empty(),
            new Sessions(Duration.ZERO, Duration.ZERO),
            new Throttle(0, Duration.ofSeconds(1)),
            new Requests(8, 100, Duration.ofSeconds(10)),
            new Monitors(Networks.of(), Networks.of(), Optional.empty()),
            false);

    private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\\[[0-9a-f:.]+]");
    /** A name is never looked up: it might lead to an address that nobody meant. */
    private static final Pattern ADDRESS =
            Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,3}){3}|\\[[0-9A-Fa-f:.]+]):([0-9]{1,5})");

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

    /**
     * Who is told how Gatepost is, without a login.
     *
     * @param metrics whose connections may ask for metrics
     * @param health whose connections may ask for health
     * @param probe an address with nothing else
     */
    public record Monitors(Networks metrics, Networks health, Optional<InetSocketAddress> probe) {}

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
                new Monitors(
                        networks(settings, "metrics.allowed"), networks(settings, "health.allowed"), probe(settings)),
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

    private static Networks networks(Settings settings, String key) {
        try {
            return Networks.of(settings.list(key).toArray(String[]::new));
        } catch (IllegalArgumentException e) {
            settings.problem(key, e.getMessage());
            return Networks.of();
        }
    }

    private static Optional<InetSocketAddress> probe(Settings settings) {
        String text = settings.text("probe.address");
        Matcher parts = ADDRESS.matcher(text);
        try {
            if (text.isEmpty()) {
                return Optional.empty();
            }
            if (parts.matches()) {
                int port = Integer.parseInt(parts.group(2));
                if (port > 0) {
                    return Optional.of(new InetSocketAddress(InetAddress.getByName(parts.group(1)), port));
                }
            }
        } catch (UnknownHostException | IllegalArgumentException e) {
            // reported below with what was expected
        }
        settings.problem("probe.address", "expected ADDRESS:PORT, such as 0.0.0.0:8182 or [::]:8182");
        return Optional.empty();
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
