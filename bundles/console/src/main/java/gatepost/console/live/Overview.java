package gatepost.console.live;

import gatepost.authorization.api.GateReview;
import gatepost.configuration.ConfigurationReport;
import gatepost.configuration.ConfigurationReports;
import gatepost.console.monitor.Health;
import gatepost.metrics.view.QueueView;
import gatepost.metrics.view.SessionView;
import gatepost.metrics.view.SessionView.SessionRow;
import gatepost.metrics.view.WebhookView;
import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Asks those who know, as far as they are there. */
@Component(service = Overview.class)
public final class Overview {

    private static final int MOST_QUEUES = 10;
    private static final int MOST_SESSIONS = 10;
    private static final int MOST_DENIALS = 12;
    private static final int MOST_CHANGES = 8;
    private static final Comparator<SessionRow> SLOWEST_FIRST = Comparator.comparingLong(SessionRow::waitingBytes)
            .thenComparingLong(SessionRow::unacknowledged)
            .reversed();

    private final ConfigurationReports reports;
    private final Health health;
    private final String version;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile QueueView queues;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile SessionView sessions;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile GateReview gate;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile WebhookView webhooks;

    @Activate
    public Overview(@Reference ConfigurationReports reports, @Reference Health health, BundleContext context) {
        this.reports = reports;
        this.health = health;
        this.version = context.getBundle().getVersion().toString();
    }

    /** @return everybody who is signed in; there may be very many, so ask once for each snapshot */
    List<SessionRow> sessions() {
        SessionView view = sessions;
        return view == null ? List.of() : view.sessions();
    }

    Snapshot at(Sample sample, Reading reading, List<SessionRow> live) {
        QueueView queueView = queues;
        GateReview review = gate;
        WebhookView webhookView = webhooks;
        return new Snapshot(
                sample,
                facts(reading),
                health.unready(),
                queueView == null
                        ? List.of()
                        : queueView.deepest(MOST_QUEUES).stream()
                                .map(Snapshot.Queue::of)
                                .toList(),
                live.stream()
                        .filter(row -> row.waitingBytes() > 0 || row.unacknowledged() > 0)
                        .sorted(SLOWEST_FIRST)
                        .limit(MOST_SESSIONS)
                        .map(Snapshot.Slow::of)
                        .toList(),
                review == null
                        ? List.of()
                        : review.recentDenials().stream()
                                .limit(MOST_DENIALS)
                                .map(Snapshot.Denied::of)
                                .toList(),
                webhookView == null
                        ? List.of()
                        : webhookView.webhooks().stream()
                                .map(Snapshot.Webhook::of)
                                .toList(),
                reports.all().stream()
                        .sorted(Comparator.comparing(ConfigurationReport::at).reversed())
                        .limit(MOST_CHANGES)
                        .map(Snapshot.Change::of)
                        .toList(),
                refused());
    }

    /** @return what stands on top of every page, for when the page gets no snapshots */
    Snapshot.Status status() {
        return new Snapshot.Status(
                health.unready(),
                refused(),
                ManagementFactory.getRuntimeMXBean().getStartTime());
    }

    private List<Snapshot.Change> refused() {
        return reports.all().stream()
                .filter(report -> report.outcome() == ConfigurationReport.Outcome.REFUSED)
                .map(Snapshot.Change::of)
                .toList();
    }

    private Snapshot.Facts facts(Reading reading) {
        Runtime runtime = Runtime.getRuntime();
        return new Snapshot.Facts(
                version,
                ManagementFactory.getRuntimeMXBean().getStartTime(),
                (long) reading.value("gatepost_store_bytes"),
                (long) reading.value("gatepost_store_limit_bytes"),
                runtime.totalMemory() - runtime.freeMemory(),
                runtime.maxMemory());
    }
}
