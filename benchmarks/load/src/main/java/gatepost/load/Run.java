package gatepost.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** One run: everybody connects, messages flow, and what happened is printed. */
final class Run {

    private final Options options;
    private final Ledger ledger;
    private final ServerProcess server;
    private final Queue<String> losses = new ConcurrentLinkedQueue<>();

    Run(Options options) {
        this.options = options;
        this.ledger = new Ledger(options);
        this.server = new ServerProcess(options.pid());
    }

    /** @return whether all went well */
    boolean run() throws Exception {
        print("server before", server.state());
        try (Network network = new Network(options)) {
            connect(network);
            print("server with all users", server.state());
            publish(network);
            print("server after", server.state());
        }
        return losses.isEmpty() && ledger.received() == options.messages();
    }

    private void connect(Network network) throws Exception {
        Passcodes passcodes = Passcodes.of(options);
        Semaphore doors = new Semaphore(options.connecting());
        CountDownLatch subscribed = new CountDownLatch(options.users());
        Latencies times = new Latencies(options.users());
        long start = System.nanoTime();
        for (int number = 0; number < options.users(); number++) {
            doors.acquire();
            long begin = System.nanoTime();
            User user = new User(number, options, ledger, passcodes.of(User.name(number)), new User.Listener() {
                @Override
                public void subscribed() {
                    times.add(System.nanoTime() - begin);
                    subscribed.countDown();
                    doors.release();
                }

                @Override
                public void lost(String why) {
                    losses.add(why);
                    doors.release();
                }
            });
            network.open(user).addListener(opened -> {
                if (!opened.isSuccess()) {
                    losses.add(opened.cause().toString());
                    doors.release();
                }
            });
        }
        boolean all = subscribed.await(losses.isEmpty() ? options.patience() : 1, TimeUnit.SECONDS);
        long there = options.users() - subscribed.getCount();
        print("users", there + " of " + options.users() + " subscribed, " + rate(there, start) + " a second");
        print("handshake to RECEIPT", times.summary());
        if (!all) {
            throw new IllegalStateException("not everybody is there: " + losses.stream().limit(5).toList());
        }
    }

    private void publish(Network network) throws Exception {
        Latencies receipts = new Latencies(options.messages());
        List<Publisher> publishers = new ArrayList<>();
        for (int i = 0; i < options.publishers(); i++) {
            int share = options.messages() / options.publishers() + (i < options.messages() % options.publishers() ? 1 : 0);
            publishers.add(new Publisher(i, share, options, ledger, receipts));
            network.open(publishers.get(i)).syncUninterruptibly();
        }
        all(publishers.stream().map(Publisher::ready).toList());
        long start = System.nanoTime();
        publishers.forEach(Publisher::start);
        all(publishers.stream().map(Publisher::done).toList());
        print("published", options.messages() + " persistent messages of " + options.body() + " bytes, "
                + rate(options.messages(), start) + " a second");
        print("SEND to RECEIPT", receipts.summary());
        awaitDeliveries();
        print("delivered", ledger.received() + ", " + rate(ledger.received(), start) + " a second");
        print("SEND to MESSAGE", ledger.deliveries());
        print("faults", ledger.faults(options.messages()) + ", connections lost " + losses.size());
    }

    private void all(List<CompletableFuture<Void>> futures) throws Exception {
        CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)).get(options.patience(), TimeUnit.SECONDS);
    }

    private void awaitDeliveries() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(options.patience());
        while (ledger.received() < options.messages() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private static String rate(long count, long start) {
        return String.format(Locale.ROOT, "%.0f", count * 1e9 / (System.nanoTime() - start));
    }

    private static void print(String what, String value) {
        System.out.printf("%-22s %s%n", what, value);
    }
}
