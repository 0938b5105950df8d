package gatepost.broker.queue;

import gatepost.broker.EmbeddedBroker;
import gatepost.broker.queue.Waiting.Seen;
import gatepost.broker.trace.MessageStory;
import gatepost.broker.trace.Place;
import gatepost.broker.trace.PresentSession;
import gatepost.broker.trace.Reader;
import gatepost.broker.trace.Sentence;
import gatepost.broker.trace.Trace;
import gatepost.contracts.InboxPosition;
import gatepost.contracts.MessageTrace;
import gatepost.contracts.SessionList;
import gatepost.contracts.SessionList.OpenSession;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * What the trace remembers, what waits at this moment, and which sessions there are, put together. A message of which the trace knows
 * nothing, since it came before the last start or to many who were away, tells of itself while it waits.
 */
@Component(service = {MessageTraces.class, MessageTrace.class})
public final class MessageTraces implements MessageTrace {

    private final EmbeddedBroker broker;
    private final Queues queues;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile SessionList sessionList;

    @Activate
    public MessageTraces(@Reference EmbeddedBroker broker, @Reference Queues queues) {
        this.broker = broker;
        this.queues = queues;
    }

    @Override
    public boolean isTraced(String queue) {
        return broker.trace().remembers(queue);
    }

    @Override
    public Report of(String user, int limit) {
        Trace trace = broker.trace();
        Instant now = Instant.now();
        Optional<Waiting> waiting = queues.waiting(trace.queue(user), user);
        boolean inbox = waiting.filter(Waiting::isInbox).isPresent();
        List<MessageStory> stories = new ArrayList<>(trace.of(user, inbox));
        Set<String> remembered = stories.stream().map(MessageStory::message).collect(Collectors.toSet());
        for (Seen seen : waiting.map(Waiting::messages).orElse(List.of())) {
            if (!remembered.contains(seen.message())) {
                stories.add(
                        MessageStory.waiting(seen.message(), seen.id(), seen.from(), seen.accepted(), seen.stored()));
            }
        }
        List<PresentSession> sessions = sessions(user, waiting);
        stories.replaceAll(story -> waiting.flatMap(there -> there.message(story.message()))
                .map(seen -> named(story, seen))
                .orElse(story));
        stories.sort(Comparator.comparing(MessageTraces::began));
        List<Told> told = stories.subList(Math.max(0, stories.size() - limit), stories.size()).stream()
                .map(story -> {
                    Place place = place(story, stories, waiting, now);
                    String sentence = Sentence.of(story, user, inbox, sessions, place, now);
                    return told(story, waiting, place, sentence);
                })
                .toList();
        return new Report(told, waiting.map(Waiting::more).orElse(0L));
    }

    /** What the trace has not seen of a message it says itself. */
    private static MessageStory named(MessageStory story, Seen seen) {
        return new MessageStory(
                story.message(),
                story.id().or(seen::id),
                story.from().or(seen::from),
                story.audience(),
                story.accepted(),
                story.stored(),
                story.deliveries(),
                story.ending(),
                story.whole());
    }

    private static Instant began(MessageStory story) {
        return story.accepted()
                .or(story::stored)
                .or(() -> story.deliveries().stream().findFirst().map(one -> one.sent()))
                .or(story::ended)
                .orElse(Instant.EPOCH);
    }

    private static Place place(
            MessageStory story, List<MessageStory> all, Optional<Waiting> waiting, Instant lookedAt) {
        if (story.ending().isPresent()) {
            return Place.UNKNOWN;
        }
        if (waiting.flatMap(there -> there.message(story.message())).isPresent()) {
            return Place.waiting(waiting.get().reason(story).orElse(""));
        }
        // one that is in memory alone is not among those that were looked at
        boolean wouldBeSeen = story.stored().filter(at -> at.isBefore(lookedAt)).isPresent()
                && waiting.map(Waiting::more).orElse(0L) == 0;
        if (!wouldBeSeen) {
            return Place.UNKNOWN;
        }
        return isRepeated(story, all) ? Place.REPEATED : Place.GONE;
    }

    private static boolean isRepeated(MessageStory story, List<MessageStory> all) {
        return story.id().isPresent()
                && story.deliveries().isEmpty()
                && all.stream()
                        .takeWhile(earlier -> earlier != story)
                        .anyMatch(earlier -> !earlier.isTurnedAway()
                                && earlier.id().equals(story.id())
                                && earlier.from().equals(story.from()));
    }

    /** The user's, whether they read the queue or not, and whoever else reads it; each once. */
    private List<PresentSession> sessions(String user, Optional<Waiting> waiting) {
        SessionList list = sessionList;
        List<OpenSession> open = list == null ? List.of() : list.of(user);
        List<PresentSession> sessions = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (PresentSession reading : waiting.map(there -> there.sessions(user)).orElse(List.of())) {
            if (known.add(reading.id())) {
                Optional<Instant> since = open.stream()
                        .filter(session -> session.id().equals(reading.id()))
                        .map(OpenSession::since)
                        .findFirst();
                sessions.add(new PresentSession(
                        reading.id(), reading.address(), reading.own(), since, true, reading.full()));
            }
        }
        for (OpenSession session : open) {
            // what calls over HTTP subscribes to nothing
            if (!session.address().startsWith("http") && known.add(session.id())) {
                sessions.add(new PresentSession(
                        session.id(), session.address(), true, Optional.of(session.since()), false, false));
            }
        }
        return sessions;
    }

    private static Told told(MessageStory story, Optional<Waiting> waiting, Place place, String sentence) {
        Optional<Seen> seen = waiting.flatMap(there -> there.message(story.message()));
        return new Told(
                story.message(),
                story.id(),
                seen.flatMap(it -> position(waiting.get(), it)),
                story.from().filter(from -> !from.isEmpty()),
                story.audience(),
                story.accepted(),
                story.stored(),
                story.deliveries().stream().map(MessageTraces::delivery).toList(),
                story.outcome(),
                story.ended(),
                Optional.of(place).filter(it -> it.kind() == Place.Kind.WAITING).map(Place::reason),
                sentence);
    }

    private static Optional<InboxPosition> position(Waiting waiting, Seen seen) {
        return seen.offset().isPresent()
                ? waiting.epoch()
                        .map(epoch -> new InboxPosition(epoch, seen.offset().getAsLong()))
                : Optional.empty();
    }

    private static Delivery delivery(gatepost.broker.trace.Delivery delivery) {
        Reader reader = delivery.reader();
        return new Delivery(
                reader.session(),
                reader.user(),
                reader.address().orElse(""),
                reader.device(),
                delivery.sent(),
                delivery.times(),
                delivery.outcome(),
                delivery.at());
    }
}
