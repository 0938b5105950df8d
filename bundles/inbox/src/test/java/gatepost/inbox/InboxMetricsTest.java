package gatepost.inbox;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxMetricsTest {

    private static final String ALICE = "user.alice";

    @TempDir
    private Path folder;

    private OperatedBroker broker;

    @BeforeEach
    void start() throws Exception {
        broker = new OperatedBroker(folder);
    }

    @AfterEach
    void stop() throws Exception {
        broker.close();
    }

    /** @return what is not 0, without what all names begin with */
    private Map<String, Integer> scrape() {
        Map<String, Integer> values = new TreeMap<>();
        for (MetricSnapshot metric : broker.metrics().scrape()) {
            double value = metric instanceof CounterSnapshot counter
                    ? counter.getDataPoints().get(0).getValue()
                    : ((GaugeSnapshot) metric).getDataPoints().get(0).getValue();
            if (value != 0) {
                values.put(metric.getMetadata().getName().replace("gatepost_", ""), (int) value);
            }
        }
        return values;
    }

    private Inbox inbox() {
        return broker.users().loaded().stream()
                .filter(inbox -> inbox.getName().equals(ALICE))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whereNothingHasHappenedAllIsZero() throws Exception {
        broker.send("app.inbox");
        assertEquals(Map.of(), scrape());
    }

    @Test
    void whatIsThereIsCounted() throws Exception {
        broker.send(ALICE);
        broker.send("user.bob");
        inbox().parts().devices().begin("alice", "phone");
        inbox().parts().devices().begin("alice", "laptop");
        try (MessageConsumer reader = broker.consumer(ALICE)) {
            assertEquals(Map.of("inboxes_loaded", 2, "inbox_readers", 1, "inbox_devices", 2), scrape());
        }
        await().until(() -> scrape().equals(Map.of("inboxes_loaded", 2, "inbox_devices", 2)));
    }

    @Test
    void whatHappensIsCounted() throws Exception {
        broker.send(ALICE, "gatepost-once", "hello");
        broker.send(ALICE, "gatepost-once", "hello");
        broker.send(ALICE, "gatepost-once", "hello");
        assertEquals(Map.of("inboxes_loaded", 1, "inbox_duplicates", 2), scrape());

        broker.send(ALICE, "gatepost-collapse", "score");
        broker.send(ALICE, "gatepost-collapse", "score");
        inbox().settlement().withdrawn(inbox().parts().content().log().head(), true);
        assertEquals(
                Map.of("inboxes_loaded", 1, "inbox_duplicates", 2, "inbox_replaced", 1, "inbox_withdrawn", 1),
                scrape());

        try (MessageConsumer reader = broker.consumer(ALICE)) {
            Message message = reader.receive(20_000);
            message.acknowledge();
        }
        assertEquals(1, scrape().get("inbox_done"));
    }
}
