package gatepost.metrics.service;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Map;
import java.util.TreeMap;

/** Metrics as numbers by name, for those who know nothing of labels: a name is the metric's, then each label's value. */
final class Samples {

    private Samples() {}

    static Map<String, Double> of(MetricSnapshots metrics) {
        Map<String, Double> samples = new TreeMap<>();
        for (MetricSnapshot metric : metrics) {
            for (DataPointSnapshot point : metric.getDataPoints()) {
                add(samples, metric.getMetadata().getPrometheusName(), point);
            }
        }
        return samples;
    }

    private static void add(Map<String, Double> samples, String name, DataPointSnapshot point) {
        String labels = labels(point.getLabels());
        if (point instanceof CounterDataPointSnapshot counter) {
            samples.put(name + "_total" + labels, counter.getValue());
        } else if (point instanceof GaugeDataPointSnapshot gauge) {
            samples.put(name + labels, gauge.getValue());
        } else if (point instanceof HistogramDataPointSnapshot histogram) {
            samples.put(name + "_count" + labels, (double) count(histogram.getClassicBuckets()));
            samples.put(name + "_sum" + labels, histogram.getSum());
        }
    }

    private static long count(ClassicHistogramBuckets buckets) {
        return buckets.stream().mapToLong(bucket -> bucket.getCount()).sum();
    }

    private static String labels(Labels labels) {
        StringBuilder text = new StringBuilder();
        labels.forEach(label -> text.append('.').append(label.getValue()));
        return text.toString();
    }
}
