package gatepost.transport.warmup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.transport.metrics.OpenSockets;
import gatepost.transport.metrics.TransportMetrics;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    private final EventLoopGroup eventLoops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final TransportMetrics metrics = new TransportMetrics(new OpenSockets());

    @AfterEach
    void stop() {
        eventLoops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
        pool.shutdown();
    }

    @Test
    void everyConnectionGoesAllTheWay() {
        assertEquals(4, warmUp(4).run());
        // the last of which reads late: CONNECT, SUBSCRIBE, DISCONNECT, and a RECEIPT or CONNECTED for each
        int commands = 4 * 3;
        int messages = 3 * WarmUp.MESSAGES + WarmUp.MANY_MESSAGES;
        assertEquals(commands + messages, count("gatepost_frames_received"));
        // each message comes back, and its RECEIPT does
        assertEquals(commands + 2 * messages, count("gatepost_frames_sent"));
        Awaitility.await().untilAsserted(() -> assertEquals(4, count("gatepost_connections_closed")));
        assertEquals(0, metrics.sockets().sessions().size());
    }

    @Test
    void aConnectionHoldsLessThanWhatIsReadLate() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
                SocketChannel late = SocketChannel.open(server.getLocalAddress());
                SocketChannel sender = server.accept()) {
            sender.configureBlocking(false);
            int all = WarmUp.MANY_MESSAGES * WarmUp.LONG;
            int written = sender.write(ByteBuffer.allocate(all));
            assertTrue(written < all, late + " was sent " + written + " bytes that nobody read");
        }
    }

    @Test
    void itEndsWhenItIsStopped() {
        WarmUp warmUp = warmUp(Integer.MAX_VALUE);
        warmUp.start();
        Awaitility.await().until(() -> count("gatepost_connections_closed") > 2);
        warmUp.stop();
        assertFalse(isUnderWay());
    }

    @Test
    void itEndsWhenThereAreToBeFewer() {
        WarmUp warmUp = warmUp(Integer.MAX_VALUE);
        warmUp.start();
        Awaitility.await().until(() -> count("gatepost_connections_closed") > 2);
        warmUp.connections(1);
        Awaitility.await().until(() -> !isUnderWay());
    }

    @Test
    void noneIsNone() {
        WarmUp warmUp = warmUp(0);
        warmUp.start();
        assertFalse(isUnderWay());
        warmUp.stop();
        assertEquals(0, count("gatepost_connections_opened"));
    }

    @Test
    void withoutEventLoopsItOnlyFails() {
        eventLoops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
        assertEquals(0, warmUp(4).run());
    }

    private static boolean isUnderWay() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("gatepost-warm-up"));
    }

    private WarmUp warmUp(int connections) {
        WarmUp warmUp = new WarmUp(eventLoops, pool, metrics);
        warmUp.connections(connections);
        return warmUp;
    }

    private double count(String name) {
        return metrics.scrape().stream()
                .filter(snapshot -> snapshot.getMetadata().getName().equals(name))
                .flatMap(snapshot -> ((CounterSnapshot) snapshot).getDataPoints().stream())
                .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
                .sum();
    }
}
