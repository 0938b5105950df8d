package gatepost.broker.queue;

import gatepost.broker.EmbeddedBroker;
import gatepost.contracts.QueueDesk;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.Message;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the console does with queues: the same as the shell. */
@Component(service = QueueDesk.class)
public final class OperatorQueues implements QueueDesk {

    private static final Pattern NAME = Pattern.compile("[^\\s\\p{Cntrl}/?*>,]+");

    private final EmbeddedBroker broker;
    private final Queues queues;
    private final Sender sender;

    @Activate
    public OperatorQueues(@Reference EmbeddedBroker broker, @Reference Queues queues, @Reference Sender sender) {
        this.broker = broker;
        this.queues = queues;
        this.sender = sender;
    }

    private record Counted(KnownQueue queue, long messages) {}

    @Override
    public Depths list(String search, int skip, int limit) {
        String part = search.toLowerCase(Locale.ROOT);
        // counted once: what changes while it is sorted would upset the order
        List<Counted> matching = broker.running().map(KnownQueue::all).orElse(List.of()).stream()
                .filter(queue -> queue.name().toLowerCase(Locale.ROOT).contains(part))
                .map(queue -> new Counted(queue, queue.messages()))
                .sorted(Comparator.comparingLong(Counted::messages)
                        .reversed()
                        .thenComparing(counted -> counted.queue().name()))
                .toList();
        return new Depths(
                matching.stream()
                        .skip(skip)
                        .limit(limit)
                        .map(counted -> depth(counted.queue()))
                        .toList(),
                matching.size());
    }

    @Override
    public Optional<Depth> named(String name) {
        return broker.running()
                .flatMap(running -> KnownQueue.named(running, new ActiveMQQueue(name)))
                .map(OperatorQueues::depth);
    }

    private static Depth depth(KnownQueue queue) {
        QueueState state = queue.state();
        return new Depth(
                state.name(),
                queue.isInbox(),
                state.messages(),
                state.bytes(),
                state.unacknowledged(),
                state.consumers(),
                state.oldest());
    }

    @Override
    public List<Shown> browse(String name, int limit, int characters) throws IOException {
        List<Shown> shown = new ArrayList<>();
        for (Message message : queues.browse(name, limit)) {
            Map<String, String> headers = new TreeMap<>();
            message.getProperties().forEach((header, value) -> headers.put(header, String.valueOf(value)));
            shown.add(new Shown(
                    message.getMessageId().toString(),
                    Instant.ofEpochMilli(message.getBrokerInTime()),
                    Optional.of(message.getExpiration()).filter(at -> at > 0).map(Instant::ofEpochMilli),
                    message.getRedeliveryCounter(),
                    message.isPersistent(),
                    headers,
                    MessageText.length(message),
                    MessageText.of(message, characters)));
        }
        return shown;
    }

    @Override
    public long purge(String name) throws Exception {
        return queues.purge(name);
    }

    @Override
    public String send(String name, String body, Map<String, String> headers) throws Exception {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("the queue " + name + ": expected a name without blanks and / ? * > ,");
        }
        ActiveMQDestination to = ActiveMQDestination.createDestination(name, ActiveMQDestination.QUEUE_TYPE);
        return sender.send(to, body, headers, true, 0);
    }
}
