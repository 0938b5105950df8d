package gatepost.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;

/** Publishers that send for a while, and the wait for what they have sent. */
final class Sending {

    private static final int POLL_MILLIS = 2;

    private final Network network;
    private final Broker broker;
    private final Work work;

    Sending(Network network, Broker broker, Work work) {
        this.network = network;
        this.broker = broker;
        this.work = work;
    }

    /** A span between two moments of {@link System#nanoTime()}. */
    record Span(long begin, long end) {

        double seconds() {
            return (end - begin) / 1e9;
        }
    }

    /**
     * Sends until the time is over, or as many messages are sent.
     *
     * @param traffic of each publisher
     * @param rate messages a second of all together; 0: as fast as it goes
     * @param messages of all together at most; 0: no limit
     * @return until every receipt was there
     */
    Span send(int publishers, IntFunction<Traffic> traffic, boolean persistent, int rate, int seconds, int messages)
            throws Exception {
        byte[][] heads = Publisher.heads(broker, work.users(), persistent);
        return send(publishers, traffic, heads, work.window(), rate, seconds, messages);
    }

    /**
     * Sends to many users at once, the next message when the receipt of the last one has come.
     *
     * @param ledger notes what is sent; nobody's it is what comes
     * @return when the time is over
     */
    CompletableFuture<Void> sendToMany(Ledger ledger, boolean persistent, int seconds) {
        byte[][] head = {broker.sendToMany(persistent).getBytes(StandardCharsets.UTF_8)};
        Traffic traffic = Traffic.random(0, new Traffic.Lot(ledger, new int[1], work.body()));
        return CompletableFuture.runAsync(() -> {
            try {
                send(1, number -> traffic, head, 1, 0, seconds, 0);
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }

    private Span send(
            int publishers,
            IntFunction<Traffic> traffic,
            byte[][] heads,
            int window,
            int rate,
            int seconds,
            int messages)
            throws Exception {
        List<Publisher> all = new ArrayList<>();
        try {
            for (int number = 0; number < publishers; number++) {
                Publisher publisher = new Publisher(number, broker, window, traffic.apply(number), heads);
                network.open(publisher).sync();
                all.add(publisher);
            }
            await(all.stream().map(Publisher::ready).toList(), work.patience());
            long begin = System.nanoTime();
            await(
                    all.stream()
                            .map(publisher -> publisher.publish(Pace.of(
                                    begin,
                                    rate,
                                    seconds,
                                    (messages + publishers - 1) / publishers,
                                    all.indexOf(publisher),
                                    publishers)))
                            .toList(),
                    seconds + work.patience());
            return new Span(begin, System.nanoTime());
        } finally {
            all.forEach(Publisher::close);
        }
    }

    /** Waits until so many are there, or until no more have come for as long as the patience lasts. */
    void awaitArrivals(IntSupplier arrived, int expected) throws InterruptedException {
        int last = arrived.getAsInt();
        long moved = System.nanoTime();
        while (last < expected && System.nanoTime() - moved < TimeUnit.SECONDS.toNanos(work.patience())) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            int now = arrived.getAsInt();
            if (now > last) {
                last = now;
                moved = System.nanoTime();
            }
        }
    }

    private static void await(List<CompletableFuture<Void>> futures, int seconds) throws Exception {
        CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)).get(seconds, TimeUnit.SECONDS);
    }
}
