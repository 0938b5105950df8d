package gatepost.metrics.service;

import gatepost.metrics.MetricSource;
import gatepost.metrics.Metrics;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks every source that is present; one that fails keeps nobody from the others. */
@Component(service = Metrics.class)
public final class AllMetrics implements Metrics {

    private static final Logger LOG = LoggerFactory.getLogger(AllMetrics.class);

    private final List<MetricSource> sources = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, unbind = "remove")
    void add(MetricSource source) {
        sources.add(source);
    }

    void remove(MetricSource source) {
        sources.remove(source);
    }

    @Override
    public MetricSnapshots scrape() {
        Map<String, MetricSnapshot> all = new TreeMap<>();
        for (MetricSource source : sources) {
            try {
                for (MetricSnapshot snapshot : source.scrape()) {
                    // while a bundle is replaced, its old and its new source may both be there for a moment
                    all.putIfAbsent(snapshot.getMetadata().getName(), snapshot);
                }
            } catch (RuntimeException e) {
                LOG.warn("{} could not tell its metrics", source.getClass().getName(), e);
            }
        }
        return new MetricSnapshots(all.values());
    }
}
