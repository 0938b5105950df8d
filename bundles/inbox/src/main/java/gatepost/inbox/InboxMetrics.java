package gatepost.inbox;

import gatepost.metrics.MetricSource;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.concurrent.atomic.LongAdder;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The inboxes that are in memory, as metrics; looked through once for each scrape. */
@Component(service = MetricSource.class)
public final class InboxMetrics implements MetricSource {

    private final UserInboxes inboxes;
    private final InboxTotals totals;

    @Activate
    public InboxMetrics(@Reference UserInboxes inboxes, @Reference InboxService service) {
        this.inboxes = inboxes;
        this.totals = service.totals();
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
                gauge("gatepost_inbox_devices", "Devices that are remembered in inboxes in memory", devices),
                counter("gatepost_inbox_done", "Messages of inboxes that were made done", totals.done()),
                counter(
                        "gatepost_inbox_duplicates",
                        "Messages that had been sent before under the same name, and were answered as then",
                        totals.duplicates()),
                counter("gatepost_inbox_withdrawn", "Messages that were taken back", totals.withdrawn()),
                counter(
                        "gatepost_inbox_replaced",
                        "Messages in whose place another one of their key came",
                        totals.replaced()),
                counter("gatepost_audience_messages", "Messages that were sent to audiences", totals.toMany()),
                counter("gatepost_audience_reached", "Inboxes that messages to audiences came into", totals.reached()),
                counter(
                        "gatepost_audience_skipped",
                        "Inboxes that messages to audiences did not come into, for those were full",
                        totals.passedOver()));
    }

    private static CounterSnapshot counter(String name, String help, LongAdder value) {
        return CounterSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(CounterDataPointSnapshot.builder().value(value.sum()).build())
                .build();
    }

    private static GaugeSnapshot gauge(String name, String help, long value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
                .build();
    }
}
