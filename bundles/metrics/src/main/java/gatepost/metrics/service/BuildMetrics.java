package gatepost.metrics.service;

import gatepost.metrics.MetricSource;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Dictionary;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Which Gatepost this is, on which Java: the value is always 1, as Prometheus' own programs have it. */
@Component(service = MetricSource.class)
public final class BuildMetrics implements MetricSource {

    /** The header of the bundle that says from which commit it was built; empty where nobody knew. */
    static final String REVISION = "Gatepost-Revision";

    private static final String UNKNOWN = "unknown";

    private final PrometheusRegistry registry = new PrometheusRegistry();

    @Activate
    public BuildMetrics(BundleContext context) {
        this(context.getBundle().getHeaders());
    }

    BuildMetrics(Dictionary<String, String> headers) {
        String version = value(headers, Constants.BUNDLE_VERSION);
        String revision = value(headers, REVISION);
        String java = System.getProperty("java.version", UNKNOWN);
        GaugeWithCallback.builder()
                .name("gatepost_build_info")
                .help("1; its labels say which Gatepost this is, and on which Java")
                .labelNames("version", "revision", "java")
                .callback(metric -> metric.call(1, version, revision, java))
                .register(registry);
    }

    private static String value(Dictionary<String, String> headers, String name) {
        String value = headers.get(name);
        return value == null || value.isBlank() ? UNKNOWN : value.strip();
    }

    @Override
    public MetricSnapshots scrape() {
        return registry.scrape();
    }
}
