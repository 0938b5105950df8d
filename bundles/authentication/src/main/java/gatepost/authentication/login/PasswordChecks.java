package gatepost.authentication.login;

import gatepost.authentication.login.SignInRefused.Kind;
import gatepost.authentication.realm.Effort;
import gatepost.authentication.realm.RealmUnavailable;
import gatepost.metrics.MetricSource;
import gatepost.threads.DaemonThreads;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Where passwords are checked that take their time: on threads of their own, few of them, so that a crowd that tries passwords
 * leaves processors for whoever is signed in. Whoever waits for a check keeps a thread of the transport busy, so there is room for
 * a number of them, of which neither a kind of check, nor an address, nor a user gets all. Who finds no room is told to come
 * again. Safe for use by several threads.
 */
public final class PasswordChecks implements AutoCloseable, MetricSource {

    private static final long IDLE_SECONDS = 30;

    private final Map<Effort, ThreadPoolExecutor> threads = new EnumMap<>(Effort.class);
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter done = Counter.builder()
            .name("gatepost_password_checks")
            .help("Passwords that were checked on a thread of their own")
            .labelNames("effort")
            .withoutExemplars()
            .register(registry);
    private final Map<Object, Integer> waiting = new HashMap<>();
    private CheckRules rules;
    private int taken;

    private record OfUser(String name) {}

    private record OfAddress(String key) {}

    public PasswordChecks(CheckRules rules) {
        this.rules = rules;
        threads.put(Effort.HASH, pool("gatepost-password-hash", rules.hashThreads()));
        threads.put(Effort.DIRECTORY, pool("gatepost-password-directory", rules.directoryThreads()));
        threads.keySet().forEach(effort -> done.initLabelValues(word(effort)));
        GaugeWithCallback.builder()
                .name("gatepost_password_checks_waiting")
                .help("Sign-ins whose password is being checked, or is to be")
                .callback(gauge -> gauge.call(waiting()))
                .register(registry);
    }

    private static ThreadPoolExecutor pool(String name, int size) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size, size, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), DaemonThreads.numbered(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Puts other rules in force; what is under way goes on. */
    public synchronized void rules(CheckRules changed) {
        rules = changed;
        resize(threads.get(Effort.HASH), changed.hashThreads());
        resize(threads.get(Effort.DIRECTORY), changed.directoryThreads());
    }

    private static void resize(ThreadPoolExecutor pool, int size) {
        // the maximum may never be below the core
        pool.setCorePoolSize(1);
        pool.setMaximumPoolSize(size);
        pool.setCorePoolSize(size);
    }

    /** @return how many sign-ins are being checked or wait for it */
    public synchronized int waiting() {
        return taken;
    }

    @Override
    public MetricSnapshots scrape() {
        return registry.scrape();
    }

    private static String word(Effort effort) {
        return effort.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Runs a check on a thread of its own and waits for it.
     *
     * @param address what failures of this client are counted under
     * @param known whether the user has signed in from there before: the address's share is then nothing to it
     * @throws SignInRefused when there is no room
     */
    <T> T run(Effort effort, String user, String address, boolean known, Check<T> check)
            throws SignInRefused, RealmUnavailable {
        if (effort == Effort.NONE) {
            return check.run();
        }
        OfAddress place = new OfAddress(known ? "" : address);
        enter(effort, new OfUser(user), place);
        try {
            return result(threads.get(effort), () -> {
                done.labelValues(word(effort)).inc();
                return check.run();
            });
        } finally {
            leave(effort, new OfUser(user), place);
        }
    }

    /** Answers a question that takes a processor a good part of a second, on a thread for that; not to be asked by one of those. */
    public boolean hashed(BooleanSupplier question) {
        try {
            return result(threads.get(Effort.HASH), question::getAsBoolean);
        } catch (SignInRefused | RealmUnavailable e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is run. */
    interface Check<T> {
        T run() throws SignInRefused, RealmUnavailable;
    }

    private static <T> T result(ThreadPoolExecutor pool, Callable<T> task) throws SignInRefused, RealmUnavailable {
        Future<T> future = new FutureTask<>(task);
        try {
            pool.execute((FutureTask<T>) future);
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(false);
            Thread.currentThread().interrupt();
            throw busy("interrupted while it waited for a check");
        } catch (RejectedExecutionException | CancellationException e) {
            throw busy("authentication stops");
        } catch (ExecutionException e) {
            throw unwrapped(e.getCause());
        }
    }

    private static SignInRefused unwrapped(Throwable cause) throws RealmUnavailable {
        if (cause instanceof RealmUnavailable unavailable) {
            throw unavailable;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof SignInRefused refused
                ? refused
                : new SignInRefused(Kind.UNAVAILABLE, SignInRefused.NOT_POSSIBLE, "the check failed: " + cause);
    }

    private synchronized void enter(Effort effort, OfUser user, OfAddress address) throws SignInRefused {
        int places = rules.places();
        if (taken >= places
                || waiting(effort) >= places * 3 / 4
                || waiting(user) >= places / 4
                || !address.key().isEmpty() && waiting(address) >= places / 2) {
            throw busy("too many passwords are being checked, not checked");
        }
        taken++;
        waiting.merge(effort, 1, Integer::sum);
        waiting.merge(user, 1, Integer::sum);
        waiting.merge(address, 1, Integer::sum);
    }

    private synchronized void leave(Effort effort, OfUser user, OfAddress address) {
        taken--;
        for (Object place : new Object[] {effort, user, address}) {
            waiting.computeIfPresent(place, (any, count) -> count > 1 ? count - 1 : null);
        }
    }

    private int waiting(Object place) {
        return waiting.getOrDefault(place, 0);
    }

    private static SignInRefused busy(String reason) {
        return new SignInRefused(Kind.BUSY, SignInRefused.NOT_POSSIBLE + ", try again later", reason);
    }

    @Override
    public void close() {
        threads.values().forEach(pool -> pool.shutdownNow().forEach(task -> ((FutureTask<?>) task).cancel(false)));
    }
}
