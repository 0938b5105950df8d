package gatepost.itests.routes;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Numbered messages, one every few milliseconds, into {@code app.flow}, and what comes out of {@code user.flow}. Both go over the
 * WebSocket connector, so that the other one is the routes' alone.
 */
final class Flow implements AutoCloseable {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    private static final String STOP = "stop";

    private final Gatepost gatepost;
    private final List<ServerFrame> received = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> publisher;
    private final CompletableFuture<Void> collector;
    private volatile boolean publishing = true;
    private volatile int published;

    Flow(Gatepost gatepost) {
        this.gatepost = gatepost;
        publisher = CompletableFuture.supplyAsync(this::publish, task -> new Thread(task, "publisher").start());
        collector = CompletableFuture.runAsync(this::collect, task -> new Thread(task, "collector").start());
    }

    /** @return messages whose receipt has come */
    int published() {
        return published;
    }

    /** Waits until so many more messages have been published and so many more have come out. */
    void goOn(int messages) {
        int sent = published + messages;
        int came = received.size() + messages;
        RoutesTest.eventually()
                .until(() -> publisher.isCompletedExceptionally()
                        || collector.isDone()
                        || published >= sent && received.size() >= came);
    }

    /** Publishes no more. */
    int end() {
        publishing = false;
        return publisher.join();
    }

    /** @return everything that has come out */
    List<ServerFrame> received() {
        if (collector.isCompletedExceptionally()) {
            collector.join();
        }
        return received;
    }

    @Override
    public void close() {
        end();
        try (StompClient client = Transport.WEB_SOCKET.client(gatepost)) {
            client.connect("system", "manager");
            client.done(ClientFrame.send("/queue/user.flow", STOP));
        }
        collector.join();
    }

    private int publish() {
        try (StompClient client = Transport.WEB_SOCKET.client(gatepost)) {
            client.connect("system", "manager");
            while (publishing) {
                client.done(ClientFrame.send("/queue/app.flow", "" + published));
                published++;
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        return published;
    }

    private void collect() {
        try (StompClient client = Transport.WEB_SOCKET.client(gatepost)) {
            client.connect("flow", "flow");
            client.send(ClientFrame.subscribe("1", "/queue/user.flow"));
            for (ServerFrame message = next(client); !message.text().equals(STOP); message = next(client)) {
                received.add(message);
            }
        }
    }

    private static ServerFrame next(StompClient client) {
        ServerFrame frame = client.frame(Duration.ofMinutes(2));
        if (!frame.command().equals("MESSAGE")) {
            throw new AssertionError(frame.toString());
        }
        return frame;
    }
}
