package gatepost.console.web;

import gatepost.metrics.MetricSource;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Component;

/** Counts the requests that were not served since there were too many of them, or since they did not come. */
@Component(service = {Refusals.class, MetricSource.class})
public final class Refusals implements MetricSource {

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter refused = Counter.builder()
            .name("gatepost_console_requests_refused")
            .help("Requests to the console's web server that were not served: busy, or too slow themselves")
            .labelNames("reason")
            .register(registry);

    public Refusals() {
        refused.initLabelValues("busy");
        refused.initLabelValues("slow");
    }

    void busy() {
        refused.labelValues("busy").inc();
    }

    void slow() {
        refused.labelValues("slow").inc();
    }

    static void answer(HttpServletResponse response, int status, String line) throws IOException {
        response.setStatus(status);
        // what it has not sent of its request is not waited for
        response.setHeader("Connection", "close");
        Answers.text(response, line);
    }

    @Override
    public MetricSnapshots scrape() {
        return registry.scrape();
    }
}
