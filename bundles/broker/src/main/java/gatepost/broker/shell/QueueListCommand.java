package gatepost.broker.shell;

import gatepost.broker.queue.QueueState;
import gatepost.broker.queue.Queues;
import gatepost.shell.AnsweringCommand;
import gatepost.shell.Listing;
import java.time.Duration;
import java.time.Instant;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code gatepost:queue-list}: what waits where. */
@Service
@Command(scope = "gatepost", name = "queue-list", description = "Lists queues, the fullest first",
        detailedDescription = "classpath:queue-list.txt")
public final class QueueListCommand extends AnsweringCommand {

    @Argument(name = "pattern", description = "Names to list: '*' is one segment, a last '>' any number of them")
    @Completion(QueueCompleter.class)
    private String pattern = ">";

    @Option(name = "--limit", description = "At most so many rows")
    private int limit = 50;

    @Reference
    private Queues queues;

    @Override
    protected Answer answer() {
        if (limit < 1) {
            throw new IllegalArgumentException("--limit " + limit + ": expected 1 or more");
        }
        Queues.Selection selection = queues.list(pattern, limit);
        Instant now = Instant.now();
        Listing list = new Listing("Queue", "Messages", "Unacknowledged", "Consumers", "Age of oldest")
                .ifEmpty("There is no such queue");
        for (QueueState queue : selection.queues()) {
            list.row(queue.name(), queue.messages(), queue.unacknowledged(), queue.consumers(),
                    queue.oldest().map(oldest -> Duration.between(oldest, now)));
        }
        int more = selection.matching() - selection.queues().size();
        return Answer.of(more == 0 ? list : list.note("and " + more + " more: see --limit"));
    }
}
