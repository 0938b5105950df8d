package gatepost.events.feed;

import gatepost.contracts.Durability;
import gatepost.contracts.events.EventRecords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives up what is too old or too much, the oldest first. One thread. */
final class Losing {

    private static final Logger LOG = LoggerFactory.getLogger(Losing.class);
    private static final long SAID_AGAIN = TimeUnit.MINUTES.toNanos(1);

    private final String name;
    private final Journal journal;
    private final Worker worker;
    private final Clocks clocks;
    private final Supplier<Limits> limits;
    private final Backlog backlog;
    private final Turns turns;
    private final Losses losses;
    private final Forgetting forgetting;
    private final Counters counters;
    private long unsaid;
    private long saidAt;

    Losing(
            String name,
            Journal journal,
            Worker worker,
            Clocks clocks,
            Supplier<Limits> limits,
            Backlog backlog,
            Turns turns,
            Losses losses,
            Forgetting forgetting,
            Counters counters) {
        this.name = name;
        this.journal = journal;
        this.worker = worker;
        this.clocks = clocks;
        this.limits = limits;
        this.backlog = backlog;
        this.turns = turns;
        this.losses = losses;
        this.forgetting = forgetting;
        this.counters = counters;
        this.saidAt = clocks.now() - SAID_AGAIN;
    }

    void old() {
        long before = clocks.millis() - limits.get().age().toMillis();
        List<Pending> old = new ArrayList<>();
        for (Pending event = backlog.oldest(); event != null && event.at < before; event = event.newer) {
            add(old, event);
        }
        lose(old);
    }

    void most() {
        int most = limits.get().max();
        List<Pending> first = new ArrayList<>();
        for (Pending event = backlog.oldest();
                event != null && backlog.size() - first.size() > most;
                event = event.newer) {
            add(first, event);
        }
        lose(first);
    }

    private static void add(List<Pending> lost, Pending event) {
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
            say(lost.size(), now);
        } catch (IOException e) {
            LOG.debug("tried again later", e);
        }
    }

    /** There may be very many, one after the other. */
    private void say(int lost, long now) {
        unsaid += lost;
        if (now - saidAt >= SAID_AGAIN) {
            LOG.warn("{} events were not told to {} and will not be", unsaid, name);
            unsaid = 0;
            saidAt = now;
        }
    }
}
