package gatepost.events.feed;

import gatepost.contracts.events.EventFeed;
import gatepost.contracts.events.EventSubscriber;
import gatepost.contracts.events.EventType;
import gatepost.events.feed.SenderStatus.State;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one subscriber what is pending, each user's events in their order, those of several users at once. All that is not said to be for
 * any thread is its worker's.
 */
public final class Sender implements EventFeed.Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final long SWEEP = TimeUnit.SECONDS.toNanos(10);

    private final String name;
    private final Feed feed;
    private final Journal journal;
    private final Worker worker;
    private final Clocks clocks;
    private final Intake intake;
    private final Backlog backlog = new Backlog();
    private final Turns turns = new Turns();
    private final Losses losses;
    private final Counters counters = new Counters();
    private final Losing losing;
    private final Telling telling;
    private final CompletableFuture<Void> idle = new CompletableFuture<>();
    private volatile EventSubscriber subscriber;
    private volatile SenderStatus status;
    private boolean loaded;
    private boolean closed;

    Sender(
            EventSubscriber subscriber,
            Feed feed,
            Journal journal,
            Worker worker,
            Clocks clocks,
            Supplier<Limits> limits,
            DoubleSupplier chance) {
        this.name = subscriber.name();
        this.subscriber = subscriber;
        this.feed = feed;
        this.journal = journal;
        this.worker = worker;
        this.clocks = clocks;
        this.losses = new Losses(name);
        this.intake = new Intake(worker, this::drain);
        Forgetting forgetting = new Forgetting(journal);
        this.losing = new Losing(name, journal, worker, clocks, limits, backlog, turns, losses, forgetting, counters);
        this.telling = new Telling(
                name,
                () -> this.subscriber,
                journal,
                worker,
                clocks,
                chance,
                backlog,
                turns,
                losses,
                forgetting,
                counters,
                this::changed);
        publish();
    }

    /** @return of whom this is. Any thread */
    public EventSubscriber subscriber() {
        return subscriber;
    }

    /** @return how it is doing. Any thread */
    public SenderStatus status() {
        return status;
    }

    /** Any thread, before anything is written. */
    void reported(Pending event) {
        intake.report(event);
    }

    /** Any thread. */
    void settled(Pending event) {
        intake.settle(event);
    }

    /** Begins once the one of the same name that was before has nothing under way. Any thread. */
    void start(CompletableFuture<Void> before) {
        before.whenComplete((nothing, failure) -> worker.run(this::load));
        worker.later(SWEEP, this::sweep);
    }

    /** The records are others now, and may hold what was not reported here. Any thread. */
    void recordsChanged() {
        worker.run(this::load);
    }

    /** Another one of the same name takes its place, in the middle of everything. Any thread. */
    public void change(EventSubscriber next) {
        if (!next.name().equals(name)) {
            throw new IllegalArgumentException(next.name() + " is not " + name);
        }
        boolean moved = !Stop.target(next).equals(Stop.target(subscriber));
        subscriber = next;
        feed.changed();
        worker.run(() -> {
            if (moved) {
                telling.resume();
            } else {
                telling.pump();
            }
        });
    }

    /**
     * Has what is pending tried again at once, and goes on where it was stopped. Any thread.
     *
     * @param user of one; nothing for all
     */
    public void sendNow(Optional<String> user) {
        worker.run(() -> {
            if (user.isEmpty()) {
                telling.resume();
            } else if (backlog.line(user.get()) != null) {
                telling.hurry(backlog.line(user.get()));
            }
        });
    }

    /** @return what is pending, the oldest first, completed by the worker. Any thread */
    public CompletionStage<List<PendingEvent>> pending(Optional<String> user, int limit) {
        CompletableFuture<List<PendingEvent>> answer = new CompletableFuture<>();
        worker.run(() -> {
            List<PendingEvent> found = new ArrayList<>();
            for (Pending event = backlog.oldest(); event != null && found.size() < limit; event = event.newer) {
                if (user.isEmpty() || user.get().equals(event.user)) {
                    found.add(row(event));
                }
            }
            answer.complete(found);
        });
        return answer;
    }

    private PendingEvent row(Pending event) {
        Line line = backlog.line(event.user);
        boolean first = line.first() == event;
        return new PendingEvent(
                Contents.id(event),
                event.type.text(),
                event.user,
                event.at,
                first ? line.failures : 0,
                first ? line.failure : "");
    }

    @Override
    public void close() {
        feed.left(this);
        worker.run(() -> {
            closed = true;
            telling.end();
            changed();
        });
    }

    /** @return completed when nothing is under way any more, after {@link #close} */
    CompletableFuture<Void> idle() {
        return idle;
    }

    String name() {
        return name;
    }

    private void changed() {
        publish();
        if (closed && telling.isIdle() && idle.complete(null)) {
            worker.close();
        }
    }

    private void load() {
        if (closed) {
            return;
        }
        try {
            Loading loading = Loading.of(journal.records(), name, Stop.target(subscriber));
            if (!loaded) {
                losses.read(loading.losses());
                telling.begin(loading.stop());
            }
            feed.above(loading.highest());
            long now = clocks.now();
            loaded = true;
            take();
            loading.withoutThoseIn(backlog).forEach(event -> turns.offer(backlog.add(event), now));
            losing.most();
        } catch (IOException e) {
            LOG.debug("it is not known yet what {} is to be told", name, e);
            worker.later(AGAIN.toNanos(), this::load);
        }
        telling.pump();
    }

    private void drain() {
        intake.begin();
        if (loaded) {
            take();
            telling.pump();
        }
    }

    private void take() {
        list();
        long now = clocks.now();
        for (Pending event = intake.settled(); event != null; event = intake.settled()) {
            if (!event.listed) {
                list(); // it was reported before it was settled
            }
            turns.offer(event.state == Pending.State.SAFE ? backlog.line(event.user) : backlog.remove(event), now);
        }
        losing.most();
    }

    private void list() {
        for (Pending event = intake.reported(); event != null; event = intake.reported()) {
            backlog.add(event);
        }
    }

    private void sweep() {
        if (closed) {
            return;
        }
        worker.later(SWEEP, this::sweep);
        if (loaded) {
            take();
            losing.old();
            telling.pump();
        }
    }

    boolean wants(EventType type) {
        return subscriber.types().contains(type);
    }

    private void publish() {
        State state = telling.stop().isPresent()
                ? State.STOPPED
                : telling.isDown() ? State.DOWN : loaded ? State.OK : State.STARTING;
        Pending oldest = backlog.oldest();
        status = new SenderStatus(
                name,
                state,
                backlog.size(),
                oldest == null ? OptionalLong.empty() : OptionalLong.of(oldest.at),
                counters.told,
                counters.failed,
                counters.lost,
                telling.stop().map(Stop::reason).orElse(""),
                counters.failure,
                counters.failedAt);
    }
}
