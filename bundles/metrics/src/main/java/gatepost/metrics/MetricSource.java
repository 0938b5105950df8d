package gatepost.metrics;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/**
 * A service of a bundle that has something to count. It comes and goes with its bundle; {@link Metrics} asks all there are.
 * No metric has a label for a user or a queue: there may be a hundred thousand of them.
 */
public interface MetricSource {

    /** @return what there is to tell right now; called by one thread or several, and quickly answered */
    MetricSnapshots scrape();
}
