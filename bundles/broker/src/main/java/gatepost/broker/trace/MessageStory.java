package gatepost.broker.trace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What happened to one message. What is older than the trace is not known any more.
 *
 * @param message its id
 * @param id what its application calls it
 * @param from who sent it
 * @param accepted when the broker took it
 * @param stored when it was on the disk
 * @param sent when it was last given to a reader's connection
 * @param times how often it was
 * @param reader which subscription that was the last time
 * @param outcome acknowledged, rejected, expired, dropped, denied or refused
 * @param ended when that was
 */
public record MessageStory(
        String message,
        Optional<String> id,
        Optional<String> from,
        Optional<Instant> accepted,
        Optional<Instant> stored,
        Optional<Instant> sent,
        int times,
        Optional<Reader> reader,
        Optional<String> outcome,
        Optional<Instant> ended) {

    /** @param events of one queue, oldest first */
    static List<MessageStory> of(List<TraceEvent> events) {
        Map<String, Telling> tellings = new LinkedHashMap<>();
        for (TraceEvent event : events) {
            switch (event.kind()) {
                case ACKNOWLEDGED, REJECTED -> read(tellings, event).forEach(telling -> telling.ended(event));
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

    private static final class Telling {

        private final String message;
        private Object from;
        private TraceEvent accepted;
        private TraceEvent stored;
        private TraceEvent sent;
        private int times;
        private TraceEvent ended;

        Telling(String message) {
            this.message = message;
        }

        void happened(TraceEvent event) {
            switch (event.kind()) {
                case ACCEPTED -> {
                    accepted = event;
                    from = event.who();
                }
                case STORED -> stored = event;
                case SENT -> {
                    sent = event;
                    times++;
                }
                case DENIED, REFUSED -> {
                    accepted = null;
                    from = event.who();
                    ended = event;
                }
                default -> ended = event;
            }
        }

        void ended(TraceEvent event) {
            ended = event;
        }

        boolean isWith(Object reader) {
            return ended == null && sent != null && sent.who().equals(reader);
        }

        MessageStory story() {
            return new MessageStory(
                    message,
                    Optional.ofNullable(from instanceof Sender sender ? sender.id() : null),
                    Optional.ofNullable(from).map(Object::toString),
                    at(accepted),
                    at(stored),
                    at(sent),
                    times,
                    Optional.ofNullable(sent != null && sent.who() instanceof Reader reader ? reader : null),
                    Optional.ofNullable(ended).map(event -> event.kind().name().toLowerCase(Locale.ROOT)),
                    at(ended));
        }

        private static Optional<Instant> at(TraceEvent event) {
            return Optional.ofNullable(event).map(TraceEvent::at).map(Instant::ofEpochMilli);
        }
    }
}
