package gatepost.events.feed;

import gatepost.contracts.Durability;
import gatepost.contracts.events.EventFeed;
import gatepost.contracts.events.EventRecords;
import gatepost.contracts.events.EventSubscriber;
import gatepost.contracts.events.EventSubscriber.Told;
import gatepost.contracts.events.EventType;
import gatepost.contracts.inbox.Note;
import gatepost.events.feed.Contents.Content;
import gatepost.events.feed.SenderStatus.State;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
    private static final long LOST_PAUSE = TimeUnit.SECONDS.toNanos(10);
    private static final long SAID_AGAIN = TimeUnit.MINUTES.toNanos(1);
    private static final int USUAL_AT_ONCE = 4;

    private final String name;
    private final Feed feed;
    private final Journal journal;
    private final Worker worker;
    private final Clocks clocks;
    private final Supplier<Limits> limits;
    private final Backoff backoff;
    private final Intake intake;
    private final Backlog backlog = new Backlog();
    private final Turns turns = new Turns();
    private final Pace pace;
    private final Losses losses;
    private final Counters counters = new Counters();
    private final Forgetting forgetting;
    private final CompletableFuture<Void> idle = new CompletableFuture<>();
    private volatile EventSubscriber subscriber;
    private volatile SenderStatus status;
    private Optional<Stop> stop = Optional.empty();
    private boolean loaded;
    private boolean closed;
    private int telling;
    private boolean tellingLoss;
    private int lossFailures;
    private long lossNotBefore;
    private long wakeAt = Long.MAX_VALUE;
    private long saidAt;

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
        this.limits = limits;
        this.backoff = new Backoff(chance);
        this.pace = new Pace(backoff);
        this.losses = new Losses(name);
        this.intake = new Intake(worker, this::drain);
        this.forgetting = new Forgetting(journal);
        this.lossNotBefore = clocks.now();
        this.saidAt = clocks.now() - SAID_AGAIN;
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
        boolean moved = !target(next).equals(target(subscriber));
        subscriber = next;
        feed.changed();
        worker.run(() -> {
            if (moved) {
                resume();
            } else {
                pump();
            }
        });
    }

    /** Has what is pending tried again at once, and goes on where it was stopped. @param user of one, or of all. Any thread */
    public void sendNow(Optional<String> user) {
        worker.run(() -> {
            Line line = user.map(backlog::line).orElse(null);
            if (user.isPresent() && line == null) {
                return;
            }
            if (user.isPresent() && pace.isDown()) {
                unstop();
                pace.probe();
            } else if (user.isPresent()) {
                unstop();
                pace.go();
            } else {
                resume();
            }
            if (line != null && line.queued) {
                turns.hurry(line);
            }
            pump();
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
            ended();
        });
    }

    /** @return completed when nothing is under way any more, after {@link #close} */
    CompletableFuture<Void> idle() {
        return idle;
    }

    String name() {
        return name;
    }

    private void ended() {
        if (closed && telling == 0 && idle.complete(null)) {
            worker.close();
        }
    }

    private void load() {
        if (closed) {
            return;
        }
        try {
            Loading loading = Loading.of(journal.records(), name, target(subscriber));
            if (!loaded) {
                losses.read(loading.losses());
                stop = loading.stop();
            }
            feed.above(loading.highest());
            long now = clocks.now();
            loaded = true;
            take();
            loading.withoutThoseIn(backlog).forEach(event -> turns.offer(backlog.add(event), now));
            loseMost();
        } catch (IOException e) {
            LOG.debug("it is not known yet what {} is to be told", name, e);
            worker.later(AGAIN.toNanos(), this::load);
        }
        pump();
    }

    private void drain() {
        intake.begin();
        if (loaded) {
            take();
            pump();
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
        loseMost();
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
            loseOld();
            pump();
        }
    }

    private void loseOld() {
        long before = clocks.millis() - limits.get().age().toMillis();
        List<Pending> old = new ArrayList<>();
        for (Pending event = backlog.oldest(); event != null && event.at < before; event = event.newer) {
            add(old, event);
        }
        lose(old);
    }

    private void loseMost() {
        int most = limits.get().max();
        List<Pending> first = new ArrayList<>();
        for (Pending event = backlog.oldest();
                event != null && backlog.size() - first.size() > most;
                event = event.newer) {
            add(first, event);
        }
        lose(first);
    }

    private void add(List<Pending> lost, Pending event) {
        if (!event.told && event.state == Pending.State.SAFE) {
            lost.add(event);
        }
    }

    /** They are forgotten only when the sum is on the disk: a crash may have some counted twice, and none passed over. */
    private void lose(List<Pending> lost) {
        if (lost.isEmpty()) {
            return;
        }
        try {
            EventRecords records = journal.records();
            Losses.Mark before = losses.mark();
            losses.add(lost.size(), Contents.from(lost), Contents.to(lost), lost.get(0).order);
            Durability sum;
            try {
                sum = records.record(losses.note());
            } catch (IOException e) {
                losses.back(before);
                throw e;
            }
            counters.lost += lost.size();
            long now = clocks.now();
            lost.forEach(event -> turns.offer(backlog.remove(event), now));
            sum.whenSettled(() -> {
                if (sum.isSafe()) {
                    worker.run(() -> lost.forEach(forgetting::forget));
                }
            });
            LOG.warn("{} events were not told to {} and will not be", lost.size(), name);
        } catch (IOException e) {
            LOG.debug("tried again later", e);
        }
    }

    private void resume() {
        unstop();
        pace.go();
        turns.hurry();
        lossNotBefore = clocks.now();
        pump();
    }

    private void unstop() {
        if (stop.isPresent()) {
            stop = Optional.empty();
            record(new Note(Stop.name(name), null));
        }
    }

    private void record(Note note) {
        try {
            journal.records().record(note);
        } catch (IOException e) {
            LOG.warn("{} is not remembered of {}", note.name(), name, e);
        }
    }

    private void pump() {
        forgetting.again();
        long now = clocks.now();
        while (loaded && !closed && stop.isEmpty() && telling < room() && !pace.waits(now)) {
            Line line = pace.isDown() ? turns.probe() : turns.next(now);
            if (line == null) {
                break;
            }
            begin(line, now);
        }
        tellLoss(now);
        publish();
        wake(now);
    }

    private int room() {
        if (pace.isDown()) {
            return 1;
        }
        return subscriber instanceof Receiver receiver ? receiver.atOnce() : USUAL_AT_ONCE;
    }

    private void wake(long now) {
        if (closed || !loaded || stop.isPresent() || telling >= room()) {
            return;
        }
        long at = pace.waits(now) ? pace.notBefore() : turns.nextAt();
        if (isLossDue(now)) {
            at = Math.min(at, lossNotBefore);
        }
        if (at != Long.MAX_VALUE && (wakeAt == Long.MAX_VALUE || at - wakeAt < 0)) {
            wakeAt = at;
            worker.later(Math.max(0, at - now), () -> {
                if (wakeAt == Long.MAX_VALUE || wakeAt - clocks.now() <= 0) {
                    wakeAt = Long.MAX_VALUE;
                    pump();
                }
            });
        }
    }

    private void begin(Line line, long now) {
        try {
            EventRecords records = journal.records();
            for (Pending event = line.first();
                    event != null && event.state == Pending.State.SAFE;
                    event = line.first()) {
                Content content = Contents.of(records, event, subscriber.types());
                if (content.told().isPresent()) {
                    tell(line, event, content.told().get());
                    return;
                }
                backlog.remove(event);
                if (content.forget()) {
                    forgetting.forget(event);
                }
            }
        } catch (IOException e) {
            LOG.debug("what {} is to be told cannot be read now", name, e);
            pace.pause(AGAIN, now);
        }
        turns.offer(line, now);
    }

    private void tell(Line line, Pending event, Told told) {
        line.telling = true;
        event.told = true;
        telling++;
        tell(told).whenComplete((nothing, failure) -> worker.run(() -> told(line, event, failure)));
    }

    private CompletionStage<Void> tell(Told told) {
        try {
            return subscriber.tell(told);
        } catch (RuntimeException | LinkageError e) {
            LOG.error("{} failed", name, e);
            return CompletableFuture.failedFuture(e);
        }
    }

    private void told(Line line, Pending event, Throwable failure) {
        telling--;
        line.telling = false;
        event.told = false;
        long now = clocks.now();
        if (failure == null) {
            backlog.remove(event);
            forgetting.forget(event);
            taken();
        } else {
            NotTaken why = why(failure);
            line.failures++;
            line.failure = why.getMessage();
            line.failedAt = clocks.millis();
            line.notBefore = now + backoff.after(line.failures);
            failed(event.user, why, now);
        }
        turns.offer(line, now);
        ended();
        pump();
    }

    private void taken() {
        counters.told++;
        counters.failure = "";
        if (pace.taken()) {
            LOG.info("{} takes events again", name);
            turns.hurry();
        }
    }

    private void failed(String user, NotTaken why, long now) {
        if (now - saidAt >= SAID_AGAIN && !pace.isDown() && !why.isForGood()) {
            saidAt = now;
            LOG.warn("{} did not take an event, which is tried again: {}", name, why.getMessage());
        }
        counters.failed++;
        counters.failure = why.getMessage();
        counters.failedAt = clocks.millis();
        if (why.isForGood()) {
            stop = Optional.of(new Stop(clocks.millis(), why.getMessage()));
            record(stop.get().note(name, target(subscriber)));
            LOG.warn("{} is stopped: {}; gatepost:webhook-send {} has it go on", name, why.getMessage(), name);
        } else if (pace.failed(user, why.after().orElse(null), now)) {
            LOG.warn("{} is down, and tried with one event at a time: {}", name, why.getMessage());
        }
    }

    private static NotTaken why(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof NotTaken why
                ? why
                : NotTaken.because(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
    }

    /** Once it takes something again, or when there is nothing else by which that would be found out. */
    private boolean isLossDue(long now) {
        return !losses.isEmpty()
                && !tellingLoss
                && !pace.waits(now)
                && (turns.isEmpty() || counters.failure.isEmpty() && !pace.isDown());
    }

    private void tellLoss(long now) {
        if (!loaded || closed || stop.isPresent() || telling >= room() || !isLossDue(now) || lossNotBefore - now > 0) {
            return;
        }
        tellingLoss = true;
        telling++;
        tell(losses.told()).whenComplete((nothing, failure) -> worker.run(() -> toldLoss(failure)));
    }

    private void toldLoss(Throwable failure) {
        telling--;
        tellingLoss = false;
        long now = clocks.now();
        if (failure == null) {
            losses.taken();
            record(losses.note());
            lossFailures = 0;
            lossNotBefore = now + LOST_PAUSE;
            taken();
        } else {
            lossNotBefore = now + backoff.after(++lossFailures);
            failed("", why(failure), now);
        }
        ended();
        pump();
    }

    private static String target(EventSubscriber subscriber) {
        return subscriber instanceof Receiver receiver ? receiver.target() : "";
    }

    boolean wants(EventType type) {
        return subscriber.types().contains(type);
    }

    private void publish() {
        State state =
                stop.isPresent() ? State.STOPPED : pace.isDown() ? State.DOWN : loaded ? State.OK : State.STARTING;
        Pending oldest = backlog.oldest();
        status = new SenderStatus(
                name,
                state,
                backlog.size(),
                oldest == null ? OptionalLong.empty() : OptionalLong.of(oldest.at),
                counters.told,
                counters.failed,
                counters.lost,
                stop.map(Stop::reason).orElse(""),
                counters.failure,
                counters.failedAt);
    }
}
