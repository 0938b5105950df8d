package gatepost.routes;

import gatepost.metrics.MetricSource;
import gatepost.routes.camel.RouteState;
import gatepost.routes.http.HttpCounts.Outcome;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How the operators' routes are doing, all together. */
@Component(service = MetricSource.class)
public final class RouteMetrics implements MetricSource {

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Routes routes;

    @Activate
    public RouteMetrics(@Reference Routes routes) {
        this.routes = routes;
        GaugeWithCallback.builder()
                .name("gatepost_routes")
                .help("Routes, and how many of them are in which state")
                .labelNames("state")
                .callback(metric -> states().forEach((state, count) -> metric.call(count, state)))
                .register(registry);
        GaugeWithCallback.builder()
                .name("gatepost_route_files_refused")
                .help("Route files that cannot be used as they are")
                .callback(metric -> metric.call(routes.list().stream()
                        .filter(file -> file.refusal().isPresent())
                        .count()))
                .register(registry);
        // no counter: what a route has done goes with it when its file is changed or removed
        GaugeWithCallback.builder()
                .name("gatepost_route_messages")
                .help("What the routes of now have done so far")
                .labelNames("outcome")
                .callback(metric -> {
                    metric.call(
                            running().stream().mapToLong(RouteState::completed).sum(), "completed");
                    metric.call(running().stream().mapToLong(RouteState::failed).sum(), "failed");
                })
                .register(registry);
        GaugeWithCallback.builder()
                .name("gatepost_route_http_connections")
                .help("Open connections of clients of HTTP routes")
                .callback(metric -> metric.call(routes.requests().connections()))
                .register(registry);
        CounterWithCallback.builder()
                .name("gatepost_route_http_requests")
                .help("What became of requests for HTTP routes")
                .labelNames("outcome")
                .callback(metric -> {
                    for (Outcome outcome : Outcome.values()) {
                        metric.call(routes.requests().of(outcome), outcome.label());
                    }
                })
                .register(registry);
    }

    @Override
    public MetricSnapshots scrape() {
        return registry.scrape();
    }

    private Map<String, Integer> states() {
        Map<String, Integer> states = new TreeMap<>(Map.of("started", 0, "stopped", 0, "denied", 0));
        running().forEach(route -> states.merge(route.state().toLowerCase(Locale.ROOT), 1, Integer::sum));
        return states;
    }

    private List<RouteState> running() {
        return routes.list().stream()
                .flatMap(file -> file.running().stream())
                .flatMap(file -> file.routes().stream())
                .toList();
    }
}
