package gatepost.broker.trace;

import gatepost.broker.trace.MessageStory.Ending;
import gatepost.broker.trace.TraceEvent.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** Puts the events of one message together. */
final class Telling {

    private final String message;
    private final Map<Object, Sending> sendings = new LinkedHashMap<>();
    private Object from;
    private TraceEvent accepted;
    private TraceEvent stored;
    private TraceEvent ended;
    private boolean whole;

    /** What became of it with one reader. */
    private static final class Sending {

        private TraceEvent last;
        private int times;
        private TraceEvent answered;
    }

    private Telling(String message) {
        this.message = message;
    }

    /**
     * @param events of one queue, oldest first
     * @param takes whether what a reader has acknowledged is done
     */
    static List<MessageStory> of(List<TraceEvent> events, Predicate<Reader> takes) {
        Map<String, Telling> tellings = new LinkedHashMap<>();
        for (TraceEvent event : events) {
            switch (event.kind()) {
                case ACKNOWLEDGED, REJECTED -> read(tellings, event).forEach(telling -> telling.answered(event, takes));
                default ->
                    tellings.computeIfAbsent(event.message(), Telling::new).happened(event);
            }
        }
        return tellings.values().stream().map(Telling::story).toList();
    }

    /** An acknowledgement may be for all messages that a reader has got between two, in the order in which it got them. */
    private static List<Telling> read(Map<String, Telling> tellings, TraceEvent event) {
        if (Objects.equals(event.first(), event.message())) {
            return List.of(tellings.computeIfAbsent(event.message(), Telling::new));
        }
        List<Telling> read = new ArrayList<>();
        // the first of them may be forgotten already, or may not be named
        boolean within = event.first() == null || !tellings.containsKey(event.first());
        for (Telling telling : tellings.values()) {
            within |= telling.message.equals(event.first());
            if (within && telling.isWith(event.who())) {
                read.add(telling);
            }
            if (telling.message.equals(event.message())) {
                return read;
            }
        }
        read.add(tellings.computeIfAbsent(event.message(), Telling::new));
        return read;
    }

    private void happened(TraceEvent event) {
        switch (event.kind()) {
            case ACCEPTED, SPREAD -> {
                accepted = event;
                from = event.who();
                whole = true;
            }
            case STORED -> stored = event;
            case SENT -> {
                Sending sending = sendings.computeIfAbsent(event.who(), reader -> new Sending());
                sending.last = event;
                sending.times++;
                sending.answered = null;
            }
            case DENIED, REFUSED -> {
                accepted = null;
                from = event.who();
                ended = event;
            }
            case DONE -> {
                Sending sending = sendings.get(event.who());
                if (sending != null) {
                    sending.answered = event;
                }
                end(event);
            }
            default -> end(event);
        }
    }

    private void answered(TraceEvent event, Predicate<Reader> takes) {
        Sending sending = sendings.get(event.who());
        // what is remembered of the reader since it was sent is more than what is known of one that has gone
        Object reader = sending == null ? event.who() : sending.last.who();
        if (sending != null) {
            sending.answered = event;
        }
        if (!(reader instanceof Reader known) || takes.test(known)) {
            end(event);
        }
    }

    /** What comes later does nothing to what is gone. */
    private void end(TraceEvent event) {
        if (ended == null) {
            ended = event;
        }
    }

    private boolean isWith(Object reader) {
        Sending sending = sendings.get(reader);
        return sending != null && sending.answered == null;
    }

    private MessageStory story() {
        SentToMany many = from instanceof SentToMany known ? known : null;
        String id = many != null ? many.id() : from instanceof Sender sender ? sender.id() : null;
        Optional<Instant> safe =
                many != null && many.stored() > 0 ? Optional.of(Instant.ofEpochMilli(many.stored())) : at(stored);
        return new MessageStory(
                message,
                Optional.ofNullable(id),
                Optional.ofNullable(from).map(Object::toString),
                Optional.ofNullable(many).map(SentToMany::audience),
                at(accepted),
                safe,
                sendings.values().stream()
                        .filter(sending -> sending.last.who() instanceof Reader)
                        .map(Telling::delivery)
                        .toList(),
                Optional.ofNullable(ended).map(this::ending),
                whole);
    }

    private static Delivery delivery(Sending sending) {
        return new Delivery(
                (Reader) sending.last.who(),
                Instant.ofEpochMilli(sending.last.at()),
                sending.times,
                Optional.ofNullable(sending.answered).map(Telling::outcome),
                at(sending.answered));
    }

    private Ending ending(TraceEvent event) {
        Sending sending = sendings.get(event.who());
        Object by = sending == null ? event.who() : sending.last.who();
        return new Ending(
                outcome(event),
                Instant.ofEpochMilli(event.at()),
                Optional.ofNullable(by instanceof Reader reader ? reader : null),
                Optional.of(event.why()).filter(why -> !why.isEmpty()));
    }

    private static String outcome(TraceEvent event) {
        return switch (event.kind()) {
            case DONE -> Kind.ACKNOWLEDGED.name().toLowerCase(Locale.ROOT);
            case SETTLED -> Kind.DONE.name().toLowerCase(Locale.ROOT);
            default -> event.kind().name().toLowerCase(Locale.ROOT);
        };
    }

    private static Optional<Instant> at(TraceEvent event) {
        return Optional.ofNullable(event).map(TraceEvent::at).map(Instant::ofEpochMilli);
    }
}
