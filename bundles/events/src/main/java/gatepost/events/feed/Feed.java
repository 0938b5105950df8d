package gatepost.events.feed;

import gatepost.contracts.events.EventFeed;
import gatepost.contracts.events.EventReport;
import gatepost.contracts.events.EventReports;
import gatepost.contracts.events.EventSubscriber;
import gatepost.contracts.events.EventType;
import gatepost.contracts.events.UserEvent;
import gatepost.contracts.inbox.Note;
import gatepost.events.note.EventName;
import gatepost.events.note.EventNote;
import gatepost.events.note.Facts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** All who want to hear of events, and what is reported to them. Any thread. */
public final class Feed implements EventReports, EventFeed {

    /** Below the limit of a note, with room for what else is in it. */
    private static final int LONGEST = (Note.VALUE_MAX >> 2) - 64;

    private static final String TOO_MUCH = "{\"truncated\":true}";
    private static final int MILLIS_SHIFT = 20;
    private static final Sender[] NOBODY = new Sender[0];

    private final Journal journal;
    private final Function<String, Worker> workers;
    private final Clocks clocks;
    private final Supplier<Limits> limits;
    private final DoubleSupplier chance;
    private final Map<String, Sender> senders = new HashMap<>();
    private final Map<String, CompletableFuture<Void>> leaving = new HashMap<>();
    private final AtomicLong order = new AtomicLong();
    private volatile Sender[][] wanting = nobody();
    private volatile Runnable watcher = () -> {};

    /**
     * @param workers makes one for a subscriber of that name
     * @param chance from 0 to 1
     */
    public Feed(
            Journal journal,
            Function<String, Worker> workers,
            Clocks clocks,
            Supplier<Limits> limits,
            DoubleSupplier chance) {
        this.journal = journal;
        this.workers = workers;
        this.clocks = clocks;
        this.limits = limits;
        this.chance = chance;
    }

    @Override
    public boolean wants(EventType type) {
        return wanting[type.ordinal()].length > 0;
    }

    @Override
    public EventReport about(UserEvent event) {
        return report(event, wanting[event.type().ordinal()]);
    }

    /** @return the same for one subscriber alone, whatever others want */
    public EventReport about(UserEvent event, Sender one) {
        return report(event, new Sender[] {one});
    }

    private EventReport report(UserEvent event, Sender[] to) {
        if (to.length == 0) {
            return EventReport.NONE;
        }
        String facts = Facts.json(event.facts());
        long next = next();
        byte[] value =
                new EventNote(event.type(), next, event.at(), facts.length() > LONGEST ? TOO_MUCH : facts).bytes();
        Note[] notes = new Note[to.length];
        Pending[] events = new Pending[to.length];
        for (int i = 0; i < to.length; i++) {
            String name = EventName.of(to[i].name(), event.type(), event.key());
            notes[i] = new Note(name, value);
            events[i] = new Pending(event.user(), event.type(), name, event.key(), next, event.at());
            to[i].reported(events[i]);
        }
        return new Report(List.of(notes), to, events);
    }

    /** Rises strictly, after a start too: it is the time, unless that has gone back. */
    private long next() {
        long time = clocks.millis() << MILLIS_SHIFT;
        return order.updateAndGet(last -> Math.max(last + 1, time));
    }

    /** What is reported from now on comes after that. */
    void above(long found) {
        order.updateAndGet(last -> Math.max(last, found));
    }

    @Override
    public Sender subscribe(EventSubscriber subscriber) {
        String name = subscriber.name();
        if (!EventName.isSubscriber(name)) {
            throw new IllegalArgumentException("a subscriber cannot be called " + name);
        }
        Sender sender;
        CompletableFuture<Void> before;
        synchronized (this) {
            if (senders.containsKey(name)) {
                throw new IllegalStateException("there is a subscriber called " + name + " already");
            }
            sender = new Sender(subscriber, this, journal, workers.apply(name), clocks, limits, chance);
            senders.put(name, sender);
            before = leaving.getOrDefault(name, CompletableFuture.completedFuture(null));
            changed();
        }
        sender.start(before);
        return sender;
    }

    /** Somebody wants to hear something else. */
    synchronized void changed() {
        Sender[][] next = nobody();
        for (EventType type : EventType.values()) {
            next[type.ordinal()] =
                    senders.values().stream().filter(one -> one.wants(type)).toArray(Sender[]::new);
        }
        wanting = next;
        watcher.run();
    }

    /** @param news run when somebody wants to hear something else; returns at once */
    public void watch(Runnable news) {
        watcher = news;
    }

    synchronized void left(Sender sender) {
        if (senders.remove(sender.name(), sender)) {
            leaving.put(sender.name(), sender.idle());
            leaving.values().removeIf(CompletableFuture::isDone);
            changed();
        }
    }

    /** What is remembered is somewhere else now. */
    public void recordsChanged() {
        all().forEach(Sender::recordsChanged);
    }

    /** @return in no particular order */
    public synchronized Collection<Sender> all() {
        return new ArrayList<>(senders.values());
    }

    /** @return the one of that name */
    public synchronized Optional<Sender> sender(String name) {
        return Optional.ofNullable(senders.get(name));
    }

    private static Sender[][] nobody() {
        Sender[][] none = new Sender[EventType.values().length][];
        Arrays.fill(none, NOBODY);
        return none;
    }
}
