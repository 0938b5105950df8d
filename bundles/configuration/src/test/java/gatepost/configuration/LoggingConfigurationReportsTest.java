package gatepost.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LoggingConfigurationReportsTest {

    private static final Problem PROBLEM =
            new Problem("etc/gatepost.test.cfg", "password", "secret", "expected another");

    private final LoggingConfigurationReports reports = new LoggingConfigurationReports();

    @Test
    void eachPidIsAMetricThatTellsWhetherItsLastChangeWasRefused() {
        reports.taken("gatepost.good", "etc/gatepost.good.cfg", "");
        reports.refused("gatepost.test", "etc/gatepost.test.cfg", List.of(PROBLEM, PROBLEM));
        assertEquals(
                Map.of("{pid=\"gatepost.good\"}", 0.0, "{pid=\"gatepost.test\"}", 1.0),
                gauge("gatepost_configuration_refused"));
        String labels = gauge("gatepost_configuration_problem").keySet().toString();
        for (String label : List.of("gatepost.test", "etc/gatepost.test.cfg", "password", "expected another")) {
            assertTrue(labels.contains(label), labels);
        }
        assertFalse(labels.contains("secret"), labels);
        reports.taken("gatepost.test", "etc/gatepost.test.cfg", "");
        assertEquals(0.0, gauge("gatepost_configuration_refused").get("{pid=\"gatepost.test\"}"));
        assertEquals(Map.of(), gauge("gatepost_configuration_problem"));
    }

    @Test
    void whatIsWaitedForIsReportedAsThat() {
        assertTrue(reports.isAwaited("gatepost.test", Map.of("service.pid", "gatepost.test")));
        assertEquals(ConfigurationReport.Outcome.AWAITED, reports.all().get(0).outcome());
        assertFalse(reports.all().get(0).taken());
        assertEquals(Map.of("{pid=\"gatepost.test\"}", 1.0), gauge("gatepost_configuration_awaited"));
    }

    @Test
    void withoutAConfigurationNothingIsWaitedFor() {
        assertTrue(reports.isAwaited("gatepost.test", Map.of("component.name", "x")));
        assertFalse(reports.isAwaited("gatepost.test", Map.of("service.pid", "gatepost.test", "key", "")));
        assertEquals(List.of(), reports.all());
    }

    @Test
    void theSameRefusalAgainIsNoNews() {
        reports.refused("gatepost.test", "f", List.of(PROBLEM));
        ConfigurationReport first = reports.all().get(0);
        reports.refused("gatepost.test", "f", List.of(PROBLEM));
        assertSame(first, reports.all().get(0));
    }

    @Test
    void refusalsAreCountedEachOnceAndOutliveTheirPid() {
        reports.taken("gatepost.good", "etc/gatepost.good.cfg", "");
        reports.refused("gatepost.test", "f", List.of(PROBLEM));
        reports.refused("gatepost.test", "f", List.of(PROBLEM));
        reports.taken("gatepost.test", "f", "");
        reports.refused("gatepost.test", "f", List.of(PROBLEM));
        reports.removed("gatepost.test");
        assertEquals(Map.of("{pid=\"gatepost.good\"}", 0.0, "{pid=\"gatepost.test\"}", 2.0), refusals());
    }

    private Map<String, Double> refusals() {
        Map<String, Double> values = new TreeMap<>();
        reports.scrape().stream()
                .filter(CounterSnapshot.class::isInstance)
                .map(CounterSnapshot.class::cast)
                .flatMap(counter -> counter.getDataPoints().stream())
                .forEach(point -> values.put(point.getLabels().toString(), point.getValue()));
        return values;
    }

    private Map<String, Double> gauge(String name) {
        Map<String, Double> values = new TreeMap<>();
        reports.scrape().stream()
                .filter(metric -> metric.getMetadata().getName().equals(name))
                .map(GaugeSnapshot.class::cast)
                .flatMap(gauge -> gauge.getDataPoints().stream())
                .forEach(point -> values.put(point.getLabels().toString(), point.getValue()));
        return values;
    }
}
