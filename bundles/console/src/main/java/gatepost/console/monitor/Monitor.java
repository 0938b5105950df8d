package gatepost.console.monitor;

import gatepost.console.Console;
import gatepost.console.ConsoleSettings;
import gatepost.console.HostHeader;
import gatepost.contracts.Loopback;
import gatepost.contracts.Networks;
import gatepost.contracts.ProxyHeaders;
import gatepost.metrics.Metrics;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What monitors are told without a login, whichever server they ask: {@value #METRICS}, everything that is counted, in Prometheus'
 * text format; {@value #LIVE} and {@value #READY}, 200 and {@code ok}, or 503 and a line for each thing that is wrong. Safe for use
 * by several threads.
 */
@Component(service = Monitor.class)
public final class Monitor {

    static final String METRICS = "/metrics";
    static final String LIVE = "/health/live";
    static final String READY = "/health/ready";

    private static final Set<String> PATHS = Set.of(METRICS, LIVE, READY);
    private static final String TEXT = "text/plain; charset=utf-8";

    private final Console console;
    private final Metrics metrics;
    private final Health health;
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    /**
     * Who asks.
     *
     * @param address of the other end of the connection; what headers say of it is not believed
     * @param host the header {@code Host}; null when there is none
     * @param headers the names of all
     */
    record Asker(InetAddress address, String host, Iterable<String> headers) {}

    /** @param type the media type of the body */
    record Answer(int status, String type, byte[] body) {

        static Answer text(int status, String text) {
            return new Answer(status, TEXT, (text + '\n').getBytes(StandardCharsets.UTF_8));
        }
    }

    @Activate
    public Monitor(@Reference Console console, @Reference Metrics metrics, @Reference Health health) {
        this.console = console;
        this.metrics = metrics;
        this.health = health;
    }

    /** Whether there is something for monitors under a path. */
    public static boolean isItsPath(String path) {
        return PATHS.contains(path);
    }

    /** Whether a connection from there can get anything but a refusal. */
    boolean isExpected(InetAddress address) {
        ConsoleSettings.Monitors allowed = console.settings().monitors();
        return allowed.metrics().contains(address) || allowed.health().contains(address);
    }

    /** @return the answer to a GET; takes as long as the metrics or the checks do */
    Answer answer(String path, Asker asker) {
        return refusal(path, asker)
                .orElseGet(() -> path.equals(METRICS)
                        ? metrics()
                        : health(path.equals(LIVE) ? health.dead() : health.unready()));
    }

    /** @return why not; empty when the question may be answered */
    Optional<Answer> refusal(String path, Asker asker) {
        if (!isItsPath(path)) {
            return Optional.of(Answer.text(404, "There is nothing here."));
        }
        if (!HostHeader.isNoName(asker.host())
                && !HostHeader.isServed(asker.host(), console.settings().hosts())) {
            return Optional.of(
                    Answer.text(421, "This host name is not served here: see hosts in etc/gatepost.console.cfg."));
        }
        ConsoleSettings.Monitors allowed = console.settings().monitors();
        boolean ofMetrics = path.equals(METRICS);
        return isAllowed(asker, ofMetrics ? allowed.metrics() : allowed.health())
                ? Optional.empty()
                : Optional.of(Answer.text(
                        403,
                        "This is not for whoever asks: see " + (ofMetrics ? "metrics" : "health")
                                + ".allowed in etc/gatepost.console.cfg."));
    }

    /**
     * A proxy's address says nothing of whom it asks for, and what it says itself anybody can say: nobody is answered through one. One
     * on this machine that says nothing of itself is told by the name that was asked for.
     */
    private static boolean isAllowed(Asker asker, Networks allowed) {
        return allowed.contains(asker.address())
                && !ProxyHeaders.tellOfProxy(asker.headers())
                && (!asker.address().isLoopbackAddress() || Loopback.isHost(asker.host()));
    }

    private static Answer health(List<String> problems) {
        return problems.isEmpty() ? Answer.text(200, "ok") : Answer.text(503, String.join("\n", problems));
    }

    private Answer metrics() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            writer.write(text, metrics.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is nothing here that could fail
        }
        return new Answer(200, writer.getContentType(), text.toByteArray());
    }
}
