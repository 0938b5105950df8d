package gatepost.transport.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.transport.connector.CloseReason;
import gatepost.transport.frame.Frame;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ConnectionMeterTest {

    private final TransportMetrics metrics = new TransportMetrics(new OpenSockets());
    private final ConnectionMeter meter = new ConnectionMeter(metrics, "ws");
    private final EmbeddedChannel channel = new EmbeddedChannel(meter.atSocket(), meter.atSession());

    @Test
    void countsBytesAtTheSocketAndFramesAtTheSession() {
        channel.writeInbound(Unpooled.copiedBuffer("SEND", StandardCharsets.US_ASCII));
        channel.writeInbound(new Frame("SEND", Map.of(), new byte[0]));
        channel.writeOutbound(Unpooled.copiedBuffer("RECEIPT", StandardCharsets.US_ASCII));
        channel.writeOutbound(Unpooled.copiedBuffer("\n", StandardCharsets.US_ASCII));

        assertEquals(4, count("gatepost_received_bytes"));
        assertEquals(1, count("gatepost_frames_received"));
        assertEquals(8, count("gatepost_sent_bytes"));
        assertEquals(1, count("gatepost_frames_sent"), "a heart-beat is no frame");
    }

    @Test
    void aConnectionThatBringsNoFrameIsUnused() {
        channel.close();

        assertEquals(1, count("gatepost_connections_opened", "connector", "ws"));
        assertEquals(1, closed("unused"));
    }

    @Test
    void aConnectionThatEndsWithoutAWordIsLost() {
        channel.writeInbound(new Frame("CONNECT", Map.of(), new byte[0]));
        channel.close();

        assertEquals(1, closed("lost"));
    }

    @Test
    void theReasonIsTheOneThatTheClientWasGiven() {
        channel.writeInbound(new Frame("CONNECT", Map.of(), new byte[0]));
        channel.writeOutbound(CloseReason.SLOW);
        channel.close();

        assertEquals(1, closed("slow"));
        assertEquals(0, closed("lost"));
    }

    private double closed(String reason) {
        return count("gatepost_connections_closed", "connector", "ws", "reason", reason);
    }

    private double count(String name, String... labels) {
        return metrics.scrape().stream()
                .filter(metric -> metric.getMetadata().getName().equals(name))
                .flatMap(metric -> ((CounterSnapshot) metric).getDataPoints().stream())
                .filter(point -> point.getLabels().equals(Labels.of(labels)))
                .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
                .sum();
    }
}
