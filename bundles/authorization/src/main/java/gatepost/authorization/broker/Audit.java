package gatepost.authorization.broker;

import gatepost.authorization.api.Denial;
import gatepost.authorization.engine.Decision;
import gatepost.authorization.engine.Operation;
import gatepost.authorization.engine.User;
import gatepost.contracts.Printable;
import gatepost.metrics.CountedLines;
import gatepost.metrics.MetricSource;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.List;
import org.apache.activemq.broker.ConnectionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what is denied, and writes the audit log, the logger {@value #LOGGER}: one line for each decision, {@code key="value"} with blanks between.
 * Denials and cut sessions always, what was allowed on request. Of what a user is denied again and again, sums are written. Safe for
 * use by several threads.
 */
public final class Audit implements MetricSource {

    /** The name of the logger. */
    public static final String LOGGER = "gatepost.audit";

    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter denials = counter("gatepost_denials", "What clients were not allowed to do");
    private final Counter revocations = counter(
            "gatepost_revocations", "Sessions cut for what they were doing, or closed by an operator (session)");
    private final RecentDenials recent = new RecentDenials();
    private final CountedLines denied = new CountedLines("decision=\"denied\"", LOG::warn);
    private volatile boolean allowed;

    public Audit() {
        CounterWithCallback.builder()
                .name("gatepost_denials_summed")
                .help("Denials that the audit log tells of in sums only")
                .callback(counter -> counter.call(denied.counted()))
                .register(registry);
        for (Operation operation : Operation.values()) {
            denials.initLabelValues(operation.word());
            revocations.initLabelValues(operation.word());
        }
    }

    @Override
    public MetricSnapshots scrape() {
        return registry.scrape();
    }

    /** Whether what was allowed is written as well: a line for every send and subscription. */
    public void writeAllowed(boolean on) {
        allowed = on;
    }

    /** Writes down a decision. */
    void decided(ConnectionContext context, String operation, String destination, Decision decision) {
        if (decision.allowed()) {
            if (allowed) {
                LOG.info(line("allowed", context, operation, destination) + field("entry", decision.entry()));
            }
        } else {
            denials.labelValues(operation).inc();
            recent.add(denial(false, context, operation, destination, decision.reason()));
            String user =
                    Subject.of(context).map(subject -> subject.user().name()).orElse("");
            denied.write(
                    "user=" + Printable.quoted(user),
                    "destination=" + Printable.quoted(destination),
                    line("denied", context, operation, destination) + field("reason", decision.reason()));
        }
    }

    /** Writes down that a session was cut. */
    void cut(ConnectionContext context, String operation, String destination, String reason) {
        revocations.labelValues(operation).inc();
        recent.add(denial(true, context, operation, destination, reason));
        LOG.warn(line("cut", context, operation, destination) + field("reason", reason));
    }

    /** @return what was denied last, the newest first */
    public List<Denial> recentDenials() {
        return recent.all();
    }

    private Counter counter(String name, String help) {
        return Counter.builder()
                .name(name)
                .help(help)
                .labelNames("operation")
                .withoutExemplars()
                .register(registry);
    }

    private static Denial denial(
            boolean cut, ConnectionContext context, String operation, String destination, String reason) {
        return new Denial(
                Instant.now(),
                cut,
                Subject.of(context).map(subject -> subject.user().name()).orElse(""),
                operation,
                destination,
                reason,
                context.getConnection() == null ? "" : context.getConnection().getRemoteAddress());
    }

    private static String line(String decision, ConnectionContext context, String operation, String destination) {
        User user = Subject.of(context).map(Subject::user).orElse(null);
        return "decision=" + Printable.quoted(decision)
                + field("user", user == null ? "" : user.name())
                + field("groups", user == null ? "" : String.join(",", user.groups()))
                + field("operation", operation)
                + field("destination", destination)
                + field("client", context.getClientId())
                + field(
                        "address",
                        context.getConnection() == null
                                ? ""
                                : context.getConnection().getRemoteAddress());
    }

    private static String field(String key, String value) {
        return ' ' + key + '=' + Printable.quoted(value == null ? "" : value);
    }
}
