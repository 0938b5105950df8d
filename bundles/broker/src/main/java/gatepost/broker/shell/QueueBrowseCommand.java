package gatepost.broker.shell;

import gatepost.broker.queue.MessageText;
import gatepost.broker.queue.Queues;
import gatepost.shell.AnsweringCommand;
import gatepost.shell.Bytes;
import gatepost.shell.Listing;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.activemq.command.Message;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code gatepost:queue-browse}: reads a queue without taking anything. */
@Service
@Command(
        scope = "gatepost",
        name = "queue-browse",
        description = "Shows the messages that a queue holds, oldest first",
        detailedDescription = "classpath:queue-browse.txt")
public final class QueueBrowseCommand extends AnsweringCommand {

    private static final int BODY = 60;

    @Argument(name = "queue", required = true, description = "The queue's name")
    @Completion(QueueCompleter.class)
    private String queue;

    @Option(name = "--limit", description = "At most so many messages")
    private int limit = 20;

    @Option(name = "--full", description = "Show whole bodies")
    private boolean full;

    @Reference
    private Queues queues;

    @Override
    protected Answer answer() throws IOException {
        if (limit < 1) {
            throw new IllegalArgumentException("--limit " + limit + ": expected 1 or more");
        }
        Listing list = new Listing(
                        "Message", "Came", "Expires", "Redeliveries", "Persistent", "Size", "Headers", "Body")
                .ifEmpty("The queue is empty");
        for (Message message : queues.browse(queue, limit)) {
            list.row(
                    message.getMessageId(),
                    Instant.ofEpochMilli(message.getBrokerInTime()),
                    Optional.of(message.getExpiration()).filter(at -> at > 0).map(Instant::ofEpochMilli),
                    message.getRedeliveryCounter(),
                    message.isPersistent(),
                    new Bytes(MessageText.length(message)),
                    headers(message),
                    MessageText.of(message, full ? Integer.MAX_VALUE : BODY));
        }
        return Answer.of(list);
    }

    private static String headers(Message message) throws IOException {
        return message.getProperties().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(header -> header.getKey() + ":" + header.getValue())
                .collect(Collectors.joining(" "));
    }
}
