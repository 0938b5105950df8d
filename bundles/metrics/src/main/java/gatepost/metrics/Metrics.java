package gatepost.metrics;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/** The service that knows every {@link MetricSource}. */
public interface Metrics {

    /** @return all metrics as they are right now, ordered by name */
    MetricSnapshots scrape();
}
