package gatepost.inbox;

import gatepost.metrics.MetricSource;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The inboxes that are in memory, as metrics; looked through once for each scrape. */
@Component(service = MetricSource.class)
public final class InboxMetrics implements MetricSource {

    private final UserInboxes inboxes;

    @Activate
    public InboxMetrics(@Reference UserInboxes inboxes) {
        this.inboxes = inboxes;
    }

    @Override
    public MetricSnapshots scrape() {
        long loaded = 0;
        long readers = 0;
        long watchers = 0;
        long devices = 0;
        for (Inbox inbox : inboxes.loaded()) {
            loaded++;
            readers += inbox.parts().readers().all().size();
            watchers += inbox.parts().watchers().subscriptions().size();
            devices += inbox.parts().devices().all().size();
        }
        return new MetricSnapshots(
                gauge("gatepost_inboxes_loaded", "Inboxes that are in memory", loaded),
                gauge("gatepost_inbox_readers", "Subscriptions to the messages of inboxes", readers),
                gauge("gatepost_inbox_watchers", "Subscriptions to the state of inboxes", watchers),
                gauge("gatepost_inbox_devices", "Devices that are remembered in inboxes in memory", devices));
    }

    private static GaugeSnapshot gauge(String name, String help, long value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
                .build();
    }
}
