package gatepost.console.live;

import gatepost.authentication.api.OwnAccount;
import gatepost.client.Connections;
import gatepost.client.GatepostException;
import gatepost.client.Publisher;
import gatepost.console.web.Json;
import gatepost.metrics.Metrics;
import gatepost.metrics.view.SessionView.SessionRow;
import gatepost.threads.DaemonThreads;
import gatepost.threads.RepeatedTask;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes a {@link Snapshot} each second to a topic of the console's own, for as long as somebody has a token to read it with.
 * While nobody watches it is not connected, and looks at the metrics every ten seconds, for the charts. All of it happens on one thread.
 */
@Component(service = Feed.class)
public final class Feed {

    static final String TOPIC = "topic://gatepost.console";

    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** Times are told over so many seconds: over one there is too little to tell. */
    private static final int WINDOW_SECONDS = 10;

    private final Metrics metrics;
    private final Overview overview;
    private final Connections connections;
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, DaemonThreads.named("gatepost-console"));
    private final History history = new History();
    private final Deque<Reading> readings = new ArrayDeque<>();
    private final Runnable keeping = new RepeatedTask("the console's look at the metrics", this::keep);
    private Reading kept;
    private Publisher publisher;
    private CompletableFuture<Void> first;
    private long watchedUntil;
    private boolean published;

    @Activate
    public Feed(@Reference Metrics metrics, @Reference Overview overview, @Reference Connections connections) {
        this.metrics = metrics;
        this.overview = overview;
        this.connections = connections;
        thread.execute(keeping);
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        thread.execute(this::stop);
        thread.shutdown();
        thread.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /**
     * Publishes from now on, for this long at least. Returns when the broker has the first snapshot, and with it the topic, which
     * the page may read but not make.
     *
     * @return the last hour, as {@link History} keeps it
     * @throws GatepostException when nothing can be published; the message says why
     */
    List<Sample> watch(Duration atLeast) throws GatepostException {
        try {
            CompletableFuture<Void> there = thread.submit(() -> start(atLeast)).get();
            there.get(PATIENCE.toMillis() + 500, TimeUnit.MILLISECONDS);
            return thread.submit(() -> history.all()).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof GatepostException known
                    ? known
                    : new GatepostException(e.getCause().toString());
        } catch (RejectedExecutionException e) {
            throw new GatepostException("the console is stopping");
        } catch (TimeoutException e) {
            throw new GatepostException(connections.state(OwnAccount.CONSOLE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GatepostException("the console is stopping");
        }
    }

    private CompletableFuture<Void> start(Duration atLeast) {
        watchedUntil = Math.max(watchedUntil, System.nanoTime() + atLeast.toNanos());
        if (publisher == null) {
            publisher = connections.publisher(OwnAccount.CONSOLE);
            first = null;
            tick();
            thread.schedule(this::repeat, 1, TimeUnit.SECONDS);
        } else if (first == null || first.isCompletedExceptionally()) {
            tick();
        }
        return first;
    }

    private void repeat() {
        if (publisher == null) {
            return;
        }
        if (System.nanoTime() - watchedUntil >= 0) {
            stop();
            return;
        }
        thread.schedule(this::repeat, 1, TimeUnit.SECONDS);
        tick();
    }

    private void stop() {
        if (publisher != null) {
            publisher.close();
            publisher = null;
        }
        history.unwatched();
        readings.clear();
        published = false;
    }

    private void tick() {
        try {
            Snapshot snapshot = next();
            CompletableFuture<Void> receipt = publisher
                    .publish(
                            TOPIC,
                            Map.of("content-type", "application/json", "persistent", "false"),
                            Json.bytes(snapshot),
                            PATIENCE)
                    .toCompletableFuture();
            published = true;
            if (first == null || first.isCompletedExceptionally()) {
                first = receipt;
            }
        } catch (RuntimeException e) {
            LOG.warn("the console has nothing to show", e);
            first = CompletableFuture.failedFuture(e);
        }
    }

    private Snapshot next() {
        Reading now = new Reading(metrics.scrape(), System.nanoTime());
        Reading before = readings.isEmpty() ? now : readings.getLast();
        Reading window = readings.isEmpty() ? now : readings.getFirst();
        List<SessionRow> sessions = overview.sessions();
        long watching = sessions.stream()
                .filter(session -> session.destinations().contains(TOPIC))
                .count();
        Sample sample =
                Sample.of(System.currentTimeMillis(), now, before, window, published ? 1 : 0, published ? watching : 0);
        readings.addLast(now);
        if (readings.size() > WINDOW_SECONDS) {
            readings.removeFirst();
        }
        history.fine(sample);
        return overview.at(sample, now, sessions);
    }

    private void keep() {
        long begun = System.nanoTime();
        try {
            look();
        } finally {
            if (!thread.isShutdown()) {
                thread.schedule(keeping, History.pause(System.nanoTime() - begun), TimeUnit.MILLISECONDS);
            }
        }
    }

    private void look() {
        Reading now = new Reading(metrics.scrape(), System.nanoTime());
        Reading before = kept == null ? now : kept;
        kept = now;
        int own = published ? 1 : 0;
        history.coarse(Sample.of(System.currentTimeMillis(), now, before, before, own, own));
    }
}
