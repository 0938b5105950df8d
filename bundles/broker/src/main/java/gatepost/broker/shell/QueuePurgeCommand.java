package gatepost.broker.shell;

import gatepost.broker.queue.Queues;
import gatepost.shell.AnsweringCommand;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code gatepost:queue-purge}: drops what a queue holds. */
@Service
@Command(
        scope = "gatepost",
        name = "queue-purge",
        description = "Drops all messages of a queue, for good",
        detailedDescription = "classpath:queue-purge.txt")
public final class QueuePurgeCommand extends AnsweringCommand {

    @Argument(name = "queue", required = true, description = "The queue's exact name")
    @Completion(QueueCompleter.class)
    private String queue;

    @Reference
    private Queues queues;

    @Override
    protected Optional<String> audited() {
        return Optional.of(queue);
    }

    @Override
    protected Answer answer() throws Exception {
        long purged = queues.purge(queue);
        return Answer.of(
                purged == 1 ? "1 message is dropped" : purged + " messages are dropped",
                Map.of("queue", queue, "purged", purged));
    }
}
