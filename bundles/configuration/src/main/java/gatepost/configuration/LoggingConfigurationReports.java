package gatepost.configuration;

import gatepost.configuration.ConfigurationReport.Outcome;
import gatepost.metrics.MetricSource;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the reports in memory, one for each PID, logs each as it comes in, and tells them as metrics. */
@Component
public final class LoggingConfigurationReports implements ConfigurationReports, MetricSource {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationReports.class);

    private final ConcurrentSkipListMap<String, ConfigurationReport> last = new ConcurrentSkipListMap<>();

    /** How often each PID was refused; kept when the PID goes, as a counter never falls. */
    private final ConcurrentSkipListMap<String, LongAdder> refusals = new ConcurrentSkipListMap<>();

    @Override
    public void taken(String pid, String file, String note) {
        last.put(pid, new ConfigurationReport(pid, file, Instant.now(), Outcome.TAKEN, List.of(), note));
        // there before anything is refused, or the first refusal would be no rise
        refusals.computeIfAbsent(pid, any -> new LongAdder());
        LOG.info("{} is in force{}", file, note.isEmpty() ? "" : ": " + note);
    }

    @Override
    public void refused(String pid, String file, List<Problem> problems) {
        ConfigurationReport before = last.get(pid);
        if (before != null
                && before.outcome() == Outcome.REFUSED
                && before.problems().equals(problems)) {
            return; // tried again, for which nobody needs another line of the log
        }
        last.put(pid, new ConfigurationReport(pid, file, Instant.now(), Outcome.REFUSED, problems, ""));
        refusals.computeIfAbsent(pid, any -> new LongAdder()).increment();
        problems.forEach(problem -> LOG.error("refused, the last good value stays in force: {}", problem));
    }

    @Override
    public void awaited(String pid, String file) {
        last.put(pid, new ConfigurationReport(pid, file, Instant.now(), Outcome.AWAITED, List.of(), ""));
        LOG.warn("{} is empty: waiting for its content, what was in force before stays", file);
    }

    @Override
    public void removed(String pid) {
        if (last.remove(pid) != null) {
            LOG.info("{} is gone", pid);
        }
    }

    @Override
    public List<ConfigurationReport> all() {
        return List.copyOf(last.values());
    }

    /** A problem's value is no label: it may be a secret that stands in the wrong place. */
    @Override
    public MetricSnapshots scrape() {
        GaugeSnapshot.Builder refused = GaugeSnapshot.builder()
                .name("gatepost_configuration_refused")
                .help("1 while the last change of a PID is refused, 0 while it is in force");
        GaugeSnapshot.Builder awaited = GaugeSnapshot.builder()
                .name("gatepost_configuration_awaited")
                .help("1 while the file of a PID has no bytes and its content is waited for");
        GaugeSnapshot.Builder problems = GaugeSnapshot.builder()
                .name("gatepost_configuration_problem")
                .help("1 for each thing that is wrong with a refused change");
        for (ConfigurationReport report : last.values()) {
            refused.dataPoint(point(Labels.of("pid", report.pid()), report.outcome() == Outcome.REFUSED));
            awaited.dataPoint(point(Labels.of("pid", report.pid()), report.outcome() == Outcome.AWAITED));
            Set<Labels> distinct = new LinkedHashSet<>();
            report.problems()
                    .forEach(problem -> distinct.add(Labels.of(
                            "pid",
                            report.pid(),
                            "file",
                            problem.file(),
                            "key",
                            problem.key(),
                            "reason",
                            problem.reason())));
            distinct.forEach(labels -> problems.dataPoint(point(labels, true)));
        }
        CounterSnapshot.Builder refusedEver = CounterSnapshot.builder()
                .name("gatepost_configuration_refusals")
                .help(
                        "Changes of a PID that were refused; one that is tried again and refused for the same counts once");
        refusals.forEach((pid, count) -> refusedEver.dataPoint(CounterDataPointSnapshot.builder()
                .labels(Labels.of("pid", pid))
                .value(count.sum())
                .build()));
        return new MetricSnapshots(refused.build(), refusedEver.build(), awaited.build(), problems.build());
    }

    private static GaugeDataPointSnapshot point(Labels labels, boolean on) {
        return GaugeDataPointSnapshot.builder().labels(labels).value(on ? 1 : 0).build();
    }
}
