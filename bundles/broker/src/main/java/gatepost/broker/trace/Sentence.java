package gatepost.broker.trace;

import gatepost.broker.trace.MessageStory.Ending;
import gatepost.contracts.Printable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What became of a message, for people: the one place where these words are found, whoever shows them. Times are of UTC, with the
 * day where that is not today. What a client has chosen is printable in it.
 */
public final class Sentence {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final MessageStory story;
    private final String user;
    private final boolean inbox;
    private final List<PresentSession> sessions;
    private final Place place;
    private final LocalDate today;
    private final List<String> clauses = new ArrayList<>();

    private Sentence(
            MessageStory story, String user, boolean inbox, List<PresentSession> sessions, Place place, Instant now) {
        this.story = story;
        this.user = user;
        this.inbox = inbox;
        this.sessions = sessions;
        this.place = place;
        this.today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    /**
     * @param user of whose queue it is
     * @param inbox whether every reader gets every message there, and the user's own alone take them away
     * @param sessions that there are: the user's, and whoever else reads the queue
     * @param now on which day this is said
     */
    public static String of(
            MessageStory story, String user, boolean inbox, List<PresentSession> sessions, Place place, Instant now) {
        return new Sentence(story, user, inbox, sessions, place, now).text();
    }

    private String text() {
        if (story.isTurnedAway()) {
            turnedAway();
        } else {
            arrival();
            story.deliveries().forEach(this::delivery);
            ending();
            place();
            missing();
        }
        return name() + (clauses.isEmpty() ? ": nothing more is known." : ": " + String.join("; ", clauses) + ".");
    }

    private String name() {
        StringBuilder name = new StringBuilder(word(story.id().orElse(story.message())));
        story.from()
                .filter(from -> !from.isEmpty())
                .ifPresent(from -> name.append(" from ").append(word(from)));
        story.audience().ifPresent(audience -> name.append(" to ").append(word(audience)));
        return name.toString();
    }

    private void turnedAway() {
        Ending ending = story.ending().orElseThrow();
        String reason = ending.why().map(why -> ", for " + why).orElse("");
        clauses.add(
                ending.outcome().equals("denied")
                        ? "denied at " + time(ending.at()) + ", for the gate does not let its sender write here"
                        : "refused at " + time(ending.at()) + reason);
    }

    private void arrival() {
        if (story.stored().isPresent()) {
            clauses.add("stored at " + time(story.stored().get()));
        } else {
            story.accepted().ifPresent(at -> clauses.add("accepted at " + time(at)));
        }
    }

    private void delivery(Delivery delivery) {
        Reader reader = delivery.reader();
        String sent = "sent "
                + (delivery.times() > 1 ? delivery.times() + " times, the last time at " : "at ")
                + time(delivery.sent()) + " to " + whom(reader);
        if (reader.isBrowsing()) {
            clauses.add(sent + ", which only looks");
        } else if (delivery.outcome().isPresent()) {
            clauses.add(sent + ", " + answered(delivery));
        } else {
            clauses.add(sent + ", " + unanswered(reader));
        }
    }

    private String whom(Reader reader) {
        String what = (reader.isDoneByRequest() ? ", acknowledges by request" : "")
                + reader.device().map(device -> ", device " + word(device)).orElse("");
        String whose = reader.user()
                .filter(other -> !other.equals(user))
                .map(other -> word(other) + " at ")
                .orElse("");
        return whose
                + where(reader.session(), reader.address().orElse(""))
                + (what.isEmpty() ? "" : " (" + what.substring(2) + ")");
    }

    private String answered(Delivery delivery) {
        String how = delivery.outcome().orElseThrow();
        String when = delivery.at()
                .map(this::time)
                .filter(at -> !at.equals(time(delivery.sent())))
                .map(at -> " at " + at)
                .orElse("");
        Optional<String> other = delivery.reader().user().filter(whose -> !whose.equals(user));
        if (other.isEmpty()) {
            return how + when;
        }
        return how + when + (inbox ? ", which takes nothing away" : ", and so taken by " + word(other.get()));
    }

    private String unanswered(Reader reader) {
        boolean there = sessions.stream().anyMatch(session -> session.id().equals(reader.session()));
        if (!there) {
            return "not acknowledged before that session ended";
        }
        return story.ending().isPresent() ? "not acknowledged there" : "not yet acknowledged";
    }

    /** What no delivery has said. */
    private void ending() {
        if (story.ending().isEmpty()) {
            return;
        }
        Ending ending = story.ending().get();
        boolean said = ending.by().isPresent()
                && story.deliveries().stream()
                        .anyMatch(
                                delivery -> delivery.reader().equals(ending.by().get())
                                        && delivery.outcome().isPresent());
        String at = " at " + time(ending.at());
        switch (ending.outcome()) {
            case "acknowledged", "rejected" -> {
                if (!said) {
                    clauses.add(ending.outcome()
                            + at
                            + ending.by().map(by -> " by " + whom(by)).orElse(" by a request"));
                }
            }
            case "done" -> clauses.add("made done" + at + " by an operator");
            case "withdrawn" -> clauses.add("taken back" + at);
            case "dropped" -> clauses.add("dropped" + at + ", for the inbox was full and its oldest go");
            default -> clauses.add(ending.outcome() + at);
        }
    }

    private void place() {
        switch (place.kind()) {
            case WAITING -> {
                boolean said = place.reason().equals("not acknowledged");
                if (story.ending().isEmpty() && !said) {
                    clauses.add(place.reason().isEmpty() ? "it waits" : "it waits: " + Printable.of(place.reason()));
                }
            }
            case GONE -> clauses.add("it waits no more, and how it went is not known");
            case REPEATED -> clauses.add("it came under an id that had come before, and counts as that one");
            default -> {}
        }
    }

    /** Only where all deliveries are known, and for sessions that were there before it was over. */
    private void missing() {
        if (!story.whole() || place.kind() == Place.Kind.REPEATED) {
            return;
        }
        Set<String> had = story.deliveries().stream()
                .map(delivery -> delivery.reader().session())
                .collect(Collectors.toSet());
        List<PresentSession> missing = sessions.stream()
                .filter(PresentSession::own)
                .filter(session -> !had.contains(session.id()) && !isLate(session))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        boolean others = sessions.stream().anyMatch(session -> session.own() && had.contains(session.id()));
        String which = missing.stream().map(this::missed).collect(Collectors.joining(" and "));
        String subject = missing.size() == 1
                ? "the user's " + (others ? "other " : "") + "session at "
                : "the user's " + (others ? "other " : "") + "sessions at ";
        clauses.add(subject + which + " did not get it");
    }

    private String missed(PresentSession session) {
        String why = !session.reading()
                ? " (which does not read the queue)"
                : session.full() ? " (which takes no more until it acknowledges)" : "";
        return where(session.id(), session.address()) + why;
    }

    private boolean isLate(PresentSession session) {
        Optional<Instant> over = story.ended();
        return over.isPresent()
                && session.since().filter(since -> since.isAfter(over.get())).isPresent();
    }

    /** @return the host and the port; of an address through a proxy, that which the proxy says */
    private static String where(String session, String address) {
        String plain = address.replaceFirst("^[a-z+]+://", "").replaceFirst("\\?.*$", " through a proxy");
        return plain.isEmpty() ? "session " + session : Printable.of(plain);
    }

    private String time(Instant at) {
        OffsetDateTime utc = at.atOffset(ZoneOffset.UTC);
        String text = utc.toLocalDate().equals(today) ? TIME.format(utc) : DAY.format(utc);
        // the first of a sentence says it for all of them
        return clauses.isEmpty() ? text + " UTC" : text;
    }

    /** What a client has chosen could read as if it were ours. */
    private static String word(String name) {
        boolean plain =
                !name.isEmpty() && name.chars().noneMatch(c -> Character.isWhitespace(c) || c == '"' || c == ';');
        return plain ? Printable.of(name) : Printable.quoted(name);
    }
}
