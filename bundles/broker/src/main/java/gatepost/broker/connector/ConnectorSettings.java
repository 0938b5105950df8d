package gatepost.broker.connector;

import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.Settings;
import gatepost.contracts.Scheme;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The values of one {@code gatepost.connector~NAME}, checked.
 *
 * @param uri scheme, address and port
 * @param options everything else, each value of the type that the definition gives it
 */
record ConnectorSettings(URI uri, Map<String, Object> options) {

    private static final int HOUR = 60 * 60 * 1000;
    private static final int MILLION = 1_000_000;

    static ConnectorSettings of(String pid, Map<String, Object> properties) throws ConfigurationProblems {
        Settings settings = new Settings(pid, properties, ConnectorDefinition.class);
        URI uri = uri(settings);
        Map<String, Object> options = new TreeMap<>();
        options.put("connector", pid.substring(pid.indexOf('~') + 1));
        String path = settings.text("path");
        if (!path.startsWith("/")) {
            settings.problem("path", "expected a path that begins with /");
        }
        options.put("path", path);
        options.put("origins", origins(settings));
        options.put("http.path", httpPath(settings, path));
        options.put("http.query.token", settings.flag("http.query.token"));
        options.put("http.body.max", settings.integer("http.body.max", 1024, 1 << 30));
        options.put("http.idle", settings.integer("http.idle", 10, HOUR));
        options.put("connections.max", settings.integer("connections.max", 1, 10 * MILLION));
        options.put("connections.anonymous.max", settings.integer("connections.anonymous.max", 1, 10 * MILLION));
        options.put("connections.per.address", settings.integer("connections.per.address", 0, 10 * MILLION));
        options.put("proxies", settings.list("proxies").toArray(String[]::new));
        options.put("connect.size.max", settings.integer("connect.size.max", 256, 1 << 30));
        options.put("subscriptions.max", settings.integer("subscriptions.max", 1, MILLION));
        options.put("subscriptions.per.user", settings.integer("subscriptions.per.user", 1, 10 * MILLION));
        options.put("temporary.per.user", settings.integer("temporary.per.user", 1, 10 * MILLION));
        options.put("frame.size.max", settings.integer("frame.size.max", 1024, 1 << 30));
        options.put("headers.max", settings.integer("headers.max", 8, 10_000));
        options.put("header.length.max", settings.integer("header.length.max", 128, MILLION));
        options.put("transactions.max", settings.integer("transactions.max", 1, MILLION));
        options.put("transaction.size.max", settings.integer("transaction.size.max", 1024, 1 << 30));
        options.put(
                "transaction.size.per.user", settings.integer("transaction.size.per.user", 1024, Integer.MAX_VALUE));
        options.put("unfinished.per.user", settings.integer("unfinished.per.user", 65_536, Integer.MAX_VALUE));
        options.put("rate.messages", settings.integer("rate.messages", 0, MILLION));
        options.put("rate.bytes", settings.integer("rate.bytes", 0, Integer.MAX_VALUE));
        options.put("rate.user.messages", settings.integer("rate.user.messages", 0, MILLION));
        options.put("rate.user.bytes", settings.integer("rate.user.bytes", 0, Integer.MAX_VALUE));
        options.put("rate.burst", settings.integer("rate.burst", 1, 3600));
        options.put("handshake.timeout", settings.integer("handshake.timeout", 10, HOUR));
        options.put("connect.timeout", settings.integer("connect.timeout", 10, HOUR));
        options.put("write.timeout", settings.integer("write.timeout", 10, 24 * HOUR));
        options.put("outbound.max", settings.integer("outbound.max", 1024, 1 << 30));
        options.put("prefetch.auto", settings.integer("prefetch.auto", 1, 100_000));
        options.put("prefetch.client", settings.integer("prefetch.client", 1, 100_000));
        options.put("heartbeat.send", settings.integer("heartbeat.send", 0, HOUR));
        options.put("heartbeat.receive", settings.integer("heartbeat.receive", 0, HOUR));
        options.put("tls.certificate", settings.text("tls.certificate"));
        options.put("tls.key", settings.text("tls.key"));
        options.put("tls.password", settings.text("tls.password"));
        options.put("tls.protocols", settings.list("tls.protocols").toArray(String[]::new));
        settings.verify();
        return new ConnectorSettings(uri, options);
    }

    Scheme scheme() {
        return Scheme.of(uri).orElseThrow();
    }

    private static String httpPath(Settings settings, String webSocket) {
        String path = settings.text("http.path");
        if (!path.isEmpty() && !path.matches("(/[A-Za-z0-9._~-]+)+")) {
            settings.problem("http.path", "expected a path such as /gatepost, without a slash at its end, or nothing");
        } else if (!path.isEmpty() && (webSocket + "/").startsWith(path + "/")) {
            settings.problem("http.path", "expected another one than that of the WebSocket, " + webSocket);
        }
        return path;
    }

    private static String[] origins(Settings settings) {
        List<String> origins = settings.list("origins");
        origins.forEach(origin -> Origins.problem(origin)
                .ifPresent(reason ->
                        settings.problem("origins", "no page can have the origin " + origin + ": " + reason)));
        return origins.toArray(String[]::new);
    }

    private static URI uri(Settings settings) {
        try {
            URI uri = new URI(settings.text("uri"));
            if (Scheme.of(uri).isPresent()
                    && uri.getHost() != null
                    && uri.getPort() >= 0
                    && uri.getPort() <= 65_535
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && List.of("", "/").contains(uri.getPath())) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // reported below together with the other ways of being wrong
        }
        settings.problem("uri", "expected SCHEME://ADDRESS:PORT with the scheme stomp, stomp+ssl, ws or wss");
        return URI.create("stomp://invalid:0");
    }
}
