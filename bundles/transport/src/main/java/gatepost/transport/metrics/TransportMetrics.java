package gatepost.transport.metrics;

import gatepost.metrics.MetricSource;
import gatepost.metrics.Timing;
import io.netty.util.internal.PlatformDependent;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the connectors count together. Everything here may be called by any thread, at each frame. */
@Component(service = {MetricSource.class, TransportMetrics.class})
public final class TransportMetrics implements MetricSource {

    /** So that a monitor sees each of them before it is reached for the first time. */
    private static final List<String> LIMITS = List.of(
            "connect.size.max",
            "connections.anonymous.max",
            "connections.max",
            "connections.per.address",
            "http.body.max",
            "subscriptions.max",
            "subscriptions.per.user",
            "temporary.per.user",
            "transaction.size.max",
            "transaction.size.per.user",
            "transactions.max",
            "unfinished.per.user");

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Gauge connections = Gauge.builder()
            .name("gatepost_connections")
            .help("Open connections")
            .labelNames("connector")
            .withoutExemplars()
            .register(registry);
    private final Counter opened = counter("gatepost_connections_opened", "Connections that came", "connector");
    private final Counter closed =
            counter("gatepost_connections_closed", "Connections that ended, and why", "connector", "reason");
    private final Counter originsRefused =
            counter("gatepost_origins_refused", "Pages that were turned away for their origin", "connector");
    private final Counter limits =
            counter("gatepost_limits_reached", "Clients that were refused what is above a limit, by its key", "limit");
    private final Counter calls =
            counter("gatepost_http_calls", "HTTP calls that were answered, by the status", "status");
    private final Gauge throttled = Gauge.builder()
            .name("gatepost_throttled_connections")
            .help("Connections that are read no further for now, since they or their user sent too fast")
            .withoutExemplars()
            .register(registry);
    private final CounterDataPoint throttledSeconds = plain(
            "gatepost_throttled_seconds",
            "Time for which connections were read no further, since they or their user sent too fast");
    private final CounterDataPoint framesReceived = plain("gatepost_frames_received", "STOMP frames from clients");
    private final CounterDataPoint framesSent = plain("gatepost_frames_sent", "STOMP frames to clients");
    private final CounterDataPoint bytesReceived =
            plain("gatepost_received_bytes", "Bytes from clients, as on the wire");
    private final CounterDataPoint bytesSent = plain("gatepost_sent_bytes", "Bytes to clients, as on the wire");
    private final CounterDataPoint unsettled = plain(
            "gatepost_acknowledgements_unsettled",
            "ACK and NACK frames of what did not wait to be acknowledged, here or in its inbox");
    private final Timing receipt = timing(
            "gatepost_receipt_seconds",
            "From a frame that asks for a receipt to its RECEIPT: for a SEND, until the message is on the disk");
    private final Timing delivery = timing(
            "gatepost_delivery_seconds",
            "From SEND to the socket of a reader that was subscribed when the message came");
    private final Timing lag = timing("gatepost_event_loop_lag_seconds", "How late an event loop gets to what is due");

    private final OpenSockets sockets;

    @Activate
    public TransportMetrics(@Reference OpenSockets sockets) {
        this.sockets = sockets;
        LIMITS.forEach(limits::initLabelValues);
        GaugeWithCallback.builder()
                .name("gatepost_netty_direct_memory_bytes")
                .help("Memory outside the heap that Netty's buffers take")
                .callback(metric -> metric.call(PlatformDependent.usedDirectMemory()))
                .register(registry);
    }

    @Override
    public MetricSnapshots scrape() {
        return registry.scrape();
    }

    /** Those over which somebody is signed in. */
    public OpenSockets sockets() {
        return sockets;
    }

    public void opened(String connector) {
        opened.labelValues(connector).inc();
        connections.labelValues(connector).inc();
    }

    /** @param reason one of a few words */
    public void closed(String connector, String reason) {
        closed.labelValues(connector, reason).inc();
        connections.labelValues(connector).dec();
    }

    /** A page was turned away for where it comes from. */
    public void originRefused(String connector) {
        originsRefused.labelValues(connector).inc();
    }

    /** @param key of the configuration that a client came up against */
    public void limitReached(String key) {
        limits.labelValues(key).inc();
    }

    /** @param status with which an HTTP call was answered */
    public void called(int status) {
        calls.labelValues(String.valueOf(status)).inc();
    }

    /** @param change how many connections more are read no further */
    public void throttled(int change) {
        throttled.inc(change);
    }

    /** @param nanos for which one was not read */
    public void throttledFor(long nanos) {
        throttledSeconds.inc((double) nanos / TimeUnit.SECONDS.toNanos(1));
    }

    public void frameReceived() {
        framesReceived.inc();
    }

    public void frameSent() {
        framesSent.inc();
    }

    public void bytesReceived(int bytes) {
        bytesReceived.inc(bytes);
    }

    public void bytesSent(int bytes) {
        bytesSent.inc(bytes);
    }

    /** An ACK or NACK spoke of what does not wait to be acknowledged, and settled nothing. */
    public void unsettled() {
        unsettled.inc();
    }

    /** @param nanos since the frame came that the receipt is for */
    public void receipt(long nanos) {
        receipt.record(nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * A message was written to a socket. One that waited for its reader says nothing about how quick we are.
     *
     * @param came when the broker got it, milliseconds since 1970
     * @param subscribed when its reader subscribed
     */
    public void delivered(long came, long subscribed) {
        if (came >= subscribed) {
            delivery.record(System.currentTimeMillis() - came, TimeUnit.MILLISECONDS);
        }
    }

    public void lag(long nanos) {
        lag.record(nanos, TimeUnit.NANOSECONDS);
    }

    private CounterDataPoint plain(String name, String help) {
        Counter counter = counter(name, help);
        counter.initLabelValues();
        return counter.labelValues();
    }

    private Counter counter(String name, String help, String... labels) {
        return Counter.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .withoutExemplars()
                .register(registry);
    }

    private Timing timing(String name, String help) {
        Timing timing = new Timing(name, help);
        registry.register(timing);
        return timing;
    }
}
