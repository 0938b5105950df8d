package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.contracts.Client;
import gatepost.transport.Options;
import gatepost.transport.frame.Frame;
import gatepost.transport.metrics.OpenSockets;
import gatepost.transport.metrics.TransportMetrics;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.command.Command;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.Response;
import org.apache.activemq.transport.DefaultTransportListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which thread serves what: this one is the event loop, and what is left to the pool waits until {@link #pool} is run. */
class StompTransportTest {

    private static final long TURN = TimeUnit.MILLISECONDS.toNanos(5);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Queue<Runnable> pool = new ArrayDeque<>();
    private final List<String> served = new ArrayList<>();
    private final StompTransport transport = new StompTransport(
            channel,
            "test",
            new Client(Optional.empty(), List.of()),
            Options.with(),
            new SharedResources(
                    pool::add,
                    pool::add,
                    new TransportMetrics(new OpenSockets()),
                    new UserShares(channel.eventLoop()),
                    Optional::empty,
                    Optional::empty),
            (send, receive) -> {});
    private boolean slow;

    @BeforeEach
    void signIn() throws Exception {
        transport.setTransportListener(new DefaultTransportListener() {
            @Override
            public void onCommand(Object command) {
                if (command instanceof Message message) {
                    serve(message);
                }
                if (((Command) command).isResponseRequired()) {
                    transport.oneway(new Response());
                }
            }
        });
        transport.start();
        transport.received(new Frame("CONNECT", Map.of("accept-version", "1.2", "host", "test"), new byte[0]));
        transport.readComplete(0);
        runPool();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void whatTakesLongDoesNotHoldUpTheEventLoop() {
        slow = true;
        send("1");
        assertEquals(List.of("1"), served);
        send("2");
        send("3");
        transport.readComplete(0);
        assertEquals(List.of("1"), served);

        send("4");
        assertEquals(List.of("1"), served);

        runPool();
        assertEquals(List.of("1", "2", "3", "4"), served);
        transport.readComplete(0);
        send("5");
        assertEquals(List.of("1", "2", "3", "4", "5"), served);
    }

    @Test
    void whatMayWaitForSomethingIsLeftToThePool() {
        transport.received(new Frame("SEND", Map.of("destination", "/topic/news", "name", "1"), new byte[0]));
        assertEquals(List.of(), served);

        runPool();
        assertEquals(List.of("1"), served);
    }

    private void send(String name) {
        transport.received(new Frame("SEND", Map.of("destination", "/queue/a", "name", name), new byte[0]));
    }

    private void serve(Message message) {
        try {
            served.add((String) message.getProperty("name"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // the work of a slow broker, not a wait for anything
        for (long begin = System.nanoTime(); slow && System.nanoTime() - begin < TURN; ) {
            Thread.onSpinWait();
        }
    }

    private void runPool() {
        while (!pool.isEmpty()) {
            pool.remove().run();
        }
    }
}
