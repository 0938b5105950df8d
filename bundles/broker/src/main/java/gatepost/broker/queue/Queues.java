package gatepost.broker.queue;

import gatepost.broker.EmbeddedBroker;
import gatepost.view.QueueView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.broker.region.Queue;
import org.apache.activemq.broker.region.RegionBroker;
import org.apache.activemq.command.ActiveMQDestination;
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
        return all().keySet().stream().map(ActiveMQDestination::getPhysicalName).toList();
    }

    /**
     * The fullest queues first.
     *
     * @param pattern ActiveMQ's: {@code *} is one segment, a last {@code >} is any number of them
     * @param limit look into so many of them
     */
    public Selection list(String pattern, int limit) {
        DestinationFilter filter = DestinationFilter.parseFilter(new ActiveMQQueue(pattern));
        record Depth(ActiveMQDestination name, Destination queue, long messages) {
        }
        List<Depth> matching = all().entrySet().stream().filter(entry -> filter.matches(entry.getKey()))
                .map(entry -> new Depth(entry.getKey(), entry.getValue(),
                        entry.getValue().getDestinationStatistics().getMessages().getCount()))
                .sorted(Comparator.comparingLong(Depth::messages).reversed()
                        .thenComparing(depth -> depth.name().getPhysicalName()))
                .toList();
        return new Selection(matching.stream().limit(limit).map(depth -> state(depth.queue())).toList(), matching.size());
    }

    /**
     * Some of the queues that were asked for.
     *
     * @param queues those that were looked at
     * @param matching how many there are
     */
    public record Selection(List<QueueState> queues, int matching) {
    }

    @Override
    public List<QueueRow> deepest(int most) {
        record Depth(Destination queue, long messages) {
        }
        // asked each second by whoever watches: no list of all queues is made, let alone sorted
        PriorityQueue<Depth> fullest = new PriorityQueue<>(Comparator.comparingLong(Depth::messages));
        for (Destination queue : all().values()) {
            long messages = queue.getDestinationStatistics().getMessages().getCount();
            if (messages > 0 && (fullest.size() < most || messages > fullest.peek().messages())) {
                fullest.add(new Depth(queue, messages));
                if (fullest.size() > most) {
                    fullest.remove();
                }
            }
        }
        return fullest.stream().sorted(Comparator.comparingLong(Depth::messages).reversed())
                .map(depth -> state(depth.queue()))
                .map(queue -> new QueueRow(queue.name(), queue.messages(), queue.consumers(), queue.oldest())).toList();
    }

    /** @return the messages that would be read next, without taking them */
    public List<Message> browse(String name, int limit) {
        return peek(find(name), limit);
    }

    /** Drops all messages of a queue, those included that a reader has got and not acknowledged; returns how many there were. */
    public long purge(String name) throws Exception {
        Destination destination = find(name);
        if (!(destination instanceof Queue queue)) {
            throw new IllegalArgumentException(name + " cannot be emptied from here");
        }
        long before = queue.getDestinationStatistics().getMessages().getCount();
        queue.purge();
        return before - queue.getDestinationStatistics().getMessages().getCount();
    }

    private Destination find(String name) {
        return Optional.ofNullable(all().get(new ActiveMQQueue(name)))
                .orElseThrow(() -> new IllegalArgumentException("there is no queue " + name));
    }

    private Map<ActiveMQDestination, Destination> all() {
        return broker.running().map(BrokerService::getRegionBroker)
                .map(region -> ((RegionBroker) region).getQueueRegion().getDestinationMap()).orElse(Map.of());
    }

    private static QueueState state(Destination queue) {
        long messages = queue.getDestinationStatistics().getMessages().getCount();
        return new QueueState(queue.getName(), messages, queue.getDestinationStatistics().getInflight().getCount(),
                queue.getDestinationStatistics().getConsumers().getCount(), messages == 0 ? Optional.empty() : oldest(queue));
    }

    private static Optional<Instant> oldest(Destination queue) {
        return peek(queue, 1).stream().findFirst().map(message -> Instant.ofEpochMilli(message.getBrokerInTime()));
    }

    /** Browsing a destination brings hundreds of messages into memory; a queue can be asked for a few. */
    private static List<Message> peek(Destination destination, int limit) {
        if (destination instanceof Queue queue) {
            List<Message> messages = new ArrayList<>();
            queue.doBrowse(messages, limit);
            return messages.subList(0, Math.min(limit, messages.size()));
        }
        return Stream.of(destination.browse()).limit(limit).toList();
    }
}
