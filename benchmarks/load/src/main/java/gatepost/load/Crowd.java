package gatepost.load;

import io.netty.channel.ChannelFuture;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** All users of a run, in all their tabs. */
final class Crowd {

    private static final int ARRIVAL_SECONDS = 120;

    /**
     * How they came.
     *
     * @param there tabs that are connected, and subscribed if that was asked for
     * @param seconds until the last one was
     * @param each from opening the socket until a user was there
     */
    record Arrival(int there, double seconds, Latency each) {}

    private final Network network;
    private final Broker broker;
    private final Work work;
    private final Ledgers ledgers;
    private final Passcodes passcodes;
    private User[] users = {};

    Crowd(Network network, Broker broker, Work work, Ledgers ledgers) {
        this.network = network;
        this.broker = broker;
        this.work = work;
        this.ledgers = ledgers;
        this.passcodes = Passcodes.of(broker);
    }

    /** Brings everybody in, so many at a time. */
    Arrival arrive(boolean subscribe) throws InterruptedException {
        users = new User[work.connections()];
        for (int tab = 0; tab < users.length; tab++) {
            // tokens are signed before the clock runs
            int number = tab / work.tabs();
            String login = Broker.numbered(broker.userLogin(), number);
            users[tab] = new User(number, tab % work.tabs(), broker, work.ack(), passcodes.of(number, login), ledgers);
        }
        Semaphore doors = new Semaphore(work.connecting());
        Latency each = new Latency();
        CompletableFuture<?>[] there = new CompletableFuture<?>[users.length];
        long start = System.nanoTime();
        long deadline = start + TimeUnit.SECONDS.toNanos(ARRIVAL_SECONDS);
        for (int tab = 0; tab < users.length; tab++) {
            if (!doors.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                users[tab].lost(new TimeoutException("nobody else came in within " + ARRIVAL_SECONDS + " s"));
            }
            there[tab] = open(users[tab], tab / work.tabs(), subscribe, each, doors);
        }
        try {
            CompletableFuture.allOf(there).get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            System.err.println("not everybody came: " + e.getMessage());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        int arrived = (int) Arrays.stream(there)
                .filter(one -> one.isDone() && !one.isCompletedExceptionally())
                .count();
        return new Arrival(arrived, seconds, each);
    }

    private CompletableFuture<?> open(User user, int number, boolean subscribe, Latency each, Semaphore doors) {
        long begin = System.nanoTime();
        CompletableFuture<Void> there = subscribe ? user.subscribed() : user.connected();
        if (subscribe) {
            user.connected().thenRun(user::subscribe);
        }
        there.whenComplete((nothing, failure) -> {
            if (failure == null) {
                each.add(System.nanoTime() - begin);
            }
            doors.release();
        });
        if (!there.isDone()) {
            network.open(user, work.mayStall(number)).addListener((ChannelFuture opened) -> {
                if (!opened.isSuccess()) {
                    user.lost(opened.cause());
                }
            });
        }
        return there;
    }

    /** Has everybody who is signed in subscribe. */
    void subscribe() {
        for (User user : users) {
            if (user.connected().isDone() && !user.connected().isCompletedExceptionally()) {
                user.subscribe();
            }
        }
    }

    /** Everybody signs out and leaves. */
    void leave() throws Exception {
        CompletableFuture.allOf(Arrays.stream(users).map(User::leave).toArray(CompletableFuture[]::new))
                .get(work.patience(), TimeUnit.SECONDS);
    }

    /** @param reading whether those who may stall read what the server sends */
    void read(boolean reading) {
        for (int tab = 0; tab < users.length; tab++) {
            if (work.mayStall(tab / work.tabs()) && users[tab].isThere()) {
                users[tab].read(reading);
            }
        }
    }

    /** @return how many have lost their connection, or never got one, since they were last called in */
    int dropped() {
        return (int)
                Arrays.stream(users).map(User::loss).filter(Objects::nonNull).count();
    }

    /** @return a few reasons for that */
    List<String> losses() {
        return Arrays.stream(users)
                .map(User::loss)
                .filter(Objects::nonNull)
                .limit(3)
                .toList();
    }
}
