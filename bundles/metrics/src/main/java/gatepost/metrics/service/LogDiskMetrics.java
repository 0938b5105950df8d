package gatepost.metrics.service;

import gatepost.metrics.DiskRoom;
import gatepost.metrics.MetricSource;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** How much room is left where the logs are, where Karaf says where that is. */
@Component(service = MetricSource.class)
public final class LogDiskMetrics implements MetricSource {

    private static final String FOLDER = "karaf.log";

    private final PrometheusRegistry registry = new PrometheusRegistry();

    @Activate
    public LogDiskMetrics() {
        DiskRoom.register(
                "gatepost_log",
                "the logs",
                () -> Optional.ofNullable(System.getProperty(FOLDER)).map(Path::of),
                registry);
    }

    @Override
    public MetricSnapshots scrape() {
        return registry.scrape();
    }
}
