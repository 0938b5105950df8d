package gatepost.broker.queue;

import gatepost.broker.EmbeddedBroker;
import gatepost.contracts.inbox.LoadedInbox;
import gatepost.metrics.view.QueueView;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.broker.region.Queue;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.Message;
import org.apache.activemq.filter.DestinationFilter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The queues of the running broker, for operators. There may be a hundred thousand: whoever asks says how many to look at. */
@Component(service = {Queues.class, QueueView.class})
public final class Queues implements QueueView {

    private final EmbeddedBroker broker;

    @Activate
    public Queues(@Reference EmbeddedBroker broker) {
        this.broker = broker;
    }

    /** @return the names of all queues, in no particular order; none while the broker is stopped */
    public Collection<String> names() {
        return all().stream().map(KnownQueue::name).toList();
    }

    /**
     * The fullest queues first.
     *
     * @param pattern ActiveMQ's: {@code *} is one segment, a last {@code >} is any number of them
     * @param limit look into so many of them
     */
    public Selection list(String pattern, int limit) {
        DestinationFilter filter = DestinationFilter.parseFilter(new ActiveMQQueue(pattern));
        List<Depth> matching = all().stream()
                .filter(queue -> filter.matches(new ActiveMQQueue(queue.name())))
                .map(queue -> new Depth(queue, queue.messages()))
                .sorted(Comparator.comparingLong(Depth::messages)
                        .reversed()
                        .thenComparing(depth -> depth.queue().name()))
                .toList();
        return new Selection(
                matching.stream()
                        .limit(limit)
                        .map(depth -> depth.queue().state())
                        .toList(),
                matching.size());
    }

    private record Depth(KnownQueue queue, long messages) {}

    /**
     * Some of the queues that were asked for.
     *
     * @param queues those that were looked at
     * @param matching how many there are
     */
    public record Selection(List<QueueState> queues, int matching) {}

    @Override
    public List<QueueRow> deepest(int most) {
        // asked each second by whoever watches: no list of all queues is sorted
        PriorityQueue<Depth> fullest = new PriorityQueue<>(Comparator.comparingLong(Depth::messages));
        for (KnownQueue queue : all()) {
            long messages = queue.messages();
            if (messages > 0
                    && (fullest.size() < most || messages > fullest.peek().messages())) {
                fullest.add(new Depth(queue, messages));
                if (fullest.size() > most) {
                    fullest.remove();
                }
            }
        }
        return fullest.stream()
                .sorted(Comparator.comparingLong(Depth::messages).reversed())
                .map(depth -> depth.queue().state())
                .map(queue -> new QueueRow(queue.name(), queue.messages(), queue.consumers(), queue.oldest()))
                .toList();
    }

    /** @return the messages that would be read next, without taking them */
    public List<Message> browse(String name, int limit) {
        return all().stream()
                .filter(queue -> queue.name().equals(name))
                .findAny()
                .orElseThrow(() -> unknown(name))
                .peek(limit);
    }

    /**
     * Looks at what waits in a user's own queue.
     *
     * @return nothing when there is no such queue
     */
    public Optional<Waiting> waiting(String name, String user) {
        return broker.running()
                .flatMap(running -> KnownQueue.named(running, new ActiveMQQueue(name)))
                .map(queue -> Waiting.in(queue, user));
    }

    /** Drops all messages of a queue, those included that a reader has got and not acknowledged; returns how many there were. */
    public long purge(String name) throws Exception {
        ActiveMQQueue asked = new ActiveMQQueue(name);
        // asking by name loads a queue that is in the store only
        Destination destination = broker.running()
                .map(running ->
                        running.getRegionBroker().getDestinationMap(asked).get(asked))
                .orElseThrow(() -> unknown(name));
        if (destination instanceof LoadedInbox inbox) {
            return inbox.purge();
        }
        if (!(destination instanceof Queue queue)) {
            throw new IllegalArgumentException(name + " cannot be emptied from here");
        }
        long before = queue.getDestinationStatistics().getMessages().getCount();
        queue.purge();
        return before - queue.getDestinationStatistics().getMessages().getCount();
    }

    private List<KnownQueue> all() {
        return broker.running().map(KnownQueue::all).orElse(List.of());
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("there is no queue " + name);
    }
}
