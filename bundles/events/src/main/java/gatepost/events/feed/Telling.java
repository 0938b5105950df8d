package gatepost.events.feed;

import gatepost.contracts.events.EventRecords;
import gatepost.contracts.events.EventSubscriber;
import gatepost.contracts.events.EventSubscriber.Told;
import gatepost.contracts.inbox.Note;
import gatepost.events.feed.Contents.Content;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a subscriber what is in its backlog, whenever it may be asked. One thread, the worker's. */
final class Telling {

    private static final Logger LOG = LoggerFactory.getLogger(Telling.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final long LOST_PAUSE = TimeUnit.SECONDS.toNanos(10);
    private static final long SAID_AGAIN = TimeUnit.MINUTES.toNanos(1);
    private static final int USUAL_AT_ONCE = 4;

    private final String name;
    private final Supplier<EventSubscriber> subscriber;
    private final Journal journal;
    private final Worker worker;
    private final Clocks clocks;
    private final Backoff backoff;
    private final Pace pace;
    private final Backlog backlog;
    private final Turns turns;
    private final Losses losses;
    private final Forgetting forgetting;
    private final Counters counters;
    private final Runnable after;
    private Optional<Stop> stop = Optional.empty();
    private boolean running;
    private int telling;
    private boolean tellingLoss;
    private int lossFailures;
    private long lossNotBefore;
    private long wakeAt = Long.MAX_VALUE;
    private long saidAt;

    /** @param after runs when something may have changed */
    Telling(
            String name,
            Supplier<EventSubscriber> subscriber,
            Journal journal,
            Worker worker,
            Clocks clocks,
            DoubleSupplier chance,
            Backlog backlog,
            Turns turns,
            Losses losses,
            Forgetting forgetting,
            Counters counters,
            Runnable after) {
        this.name = name;
        this.subscriber = subscriber;
        this.journal = journal;
        this.worker = worker;
        this.clocks = clocks;
        this.backoff = new Backoff(chance);
        this.pace = new Pace(backoff);
        this.backlog = backlog;
        this.turns = turns;
        this.losses = losses;
        this.forgetting = forgetting;
        this.counters = counters;
        this.after = after;
        this.lossNotBefore = clocks.now();
        this.saidAt = clocks.now() - SAID_AGAIN;
    }

    /**
     * It is known what is pending.
     *
     * @param found whether it had said before that it wants to hear nothing any more
     */
    void begin(Optional<Stop> found) {
        stop = found;
        running = true;
    }

    /** Nothing is told any more; what is under way ends by itself. */
    void end() {
        running = false;
    }

    boolean isIdle() {
        return telling == 0;
    }

    boolean isDown() {
        return pace.isDown();
    }

    /** @return why nothing is told any more */
    Optional<Stop> stop() {
        return stop;
    }

    /** What is pending of one user is next, and at once: of one that is down only that. */
    void hurry(Line line) {
        unstop();
        if (pace.isDown()) {
            pace.probe();
        } else {
            pace.go();
        }
        if (line.queued) {
            turns.hurry(line);
        }
        pump();
    }

    private EventSubscriber to() {
        return subscriber.get();
    }

    /** Nobody waits any more, and nothing is stopped. */
    void resume() {
        unstop();
        pace.go();
        turns.hurry();
        lossNotBefore = clocks.now();
        pump();
    }

    /** It goes on although it wanted to hear nothing any more. */
    void unstop() {
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

    /** Tells what there is to be told now. */
    void pump() {
        forgetting.again();
        long now = clocks.now();
        while (running && stop.isEmpty() && telling < room() && !pace.waits(now)) {
            Line line = pace.isDown() ? turns.probe() : turns.next(now);
            if (line == null) {
                break;
            }
            begin(line, now);
        }
        tellLoss(now);
        wake(now);
        after.run();
    }

    private int room() {
        if (pace.isDown()) {
            return 1;
        }
        return to() instanceof Receiver receiver ? receiver.atOnce() : USUAL_AT_ONCE;
    }

    private void wake(long now) {
        if (!running || stop.isPresent() || telling >= room()) {
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
                Content content = Contents.of(records, event, to().types());
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
            return to().tell(told);
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
            NotTaken why = NotTaken.of(failure);
            line.failures++;
            line.failure = why.getMessage();
            line.failedAt = clocks.millis();
            line.notBefore = now + backoff.after(line.failures);
            failed(event.user, why, now);
        }
        turns.offer(line, now);
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
            record(stop.get().note(name, Stop.target(to())));
            LOG.warn("{} is stopped: {}; gatepost:webhook-send {} has it go on", name, why.getMessage(), name);
        } else if (pace.failed(user, why.after().orElse(null), now)) {
            LOG.warn("{} is down, and tried with one event at a time: {}", name, why.getMessage());
        }
    }

    /** Once it takes something again, or when there is nothing else by which that would be found out. */
    private boolean isLossDue(long now) {
        return !losses.isEmpty()
                && !tellingLoss
                && !pace.waits(now)
                && (turns.isEmpty() || counters.failure.isEmpty() && !pace.isDown());
    }

    private void tellLoss(long now) {
        if (!running || stop.isPresent() || telling >= room() || !isLossDue(now) || lossNotBefore - now > 0) {
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
            failed("", NotTaken.of(failure), now);
        }
        pump();
    }
}
