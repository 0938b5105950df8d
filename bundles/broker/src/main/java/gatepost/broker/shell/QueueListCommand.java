package gatepost.broker.shell;

import gatepost.broker.EmbeddedBroker;
import gatepost.broker.queue.QueueState;
import gatepost.broker.queue.Queues;
import gatepost.broker.quota.Ledger;
import gatepost.contracts.inbox.InboxLimits;
import gatepost.shell.AnsweringCommand;
import gatepost.shell.Bytes;
import gatepost.shell.Listing;
import gatepost.store.quota.Quotas;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code gatepost:queue-list}: what waits where. */
@Service
@Command(
        scope = "gatepost",
        name = "queue-list",
        description = "Lists queues, the fullest first",
        detailedDescription = "classpath:queue-list.txt")
public final class QueueListCommand extends AnsweringCommand {

    @Argument(name = "pattern", description = "Names to list: '*' is one segment, a last '>' any number of them")
    @Completion(QueueCompleter.class)
    private String pattern = ">";

    @Option(name = "--limit", description = "At most so many rows")
    private int limit = 50;

    @Option(
            name = "--limits",
            description = "Also how many bytes are kept, and how near the queue is to its limits, in percent")
    private boolean limits;

    @Reference
    private Queues queues;

    @Reference
    private EmbeddedBroker broker;

    @Override
    protected Answer answer() {
        if (limit < 1) {
            throw new IllegalArgumentException("--limit " + limit + ": expected 1 or more");
        }
        Queues.Selection selection = queues.list(pattern, limit);
        Instant now = Instant.now();
        List<String> columns =
                new ArrayList<>(List.of("Queue", "Messages", "Unacknowledged", "Consumers", "Age of oldest"));
        if (limits) {
            columns.addAll(List.of("Bytes", "Percent"));
        }
        Listing list = new Listing(columns.toArray(String[]::new)).ifEmpty("There is no such queue");
        for (QueueState queue : selection.queues()) {
            List<Object> row = new ArrayList<>(List.of(
                    queue.name(),
                    queue.messages(),
                    queue.unacknowledged(),
                    queue.consumers(),
                    queue.oldest().map(oldest -> Duration.between(oldest, now))));
            if (limits) {
                row.addAll(List.of(new Bytes(queue.bytes()), percent(queue)));
            }
            list.row(row.toArray());
        }
        int more = selection.matching() - selection.queues().size();
        return Answer.of(more == 0 ? list : list.note("and " + more + " more: see --limit"));
    }

    /** How near it is to what it may hold, in bytes or in messages. */
    private long percent(QueueState queue) {
        return broker.ledger().map(ledger -> percent(queue, ledger)).orElse(0L);
    }

    private static long percent(QueueState queue, Ledger ledger) {
        Quotas quotas = ledger.admission().quotas();
        InboxLimits limits = ledger.inboxes()
                .limits(new ActiveMQQueue(queue.name()))
                .orElse(new InboxLimits(quotas.queueMessages(), quotas.queueBytes(), false));
        return Math.max(percent(queue.bytes(), limits.bytes()), percent(queue.messages(), limits.messages()));
    }

    private static long percent(long used, long limit) {
        return limit == 0 ? 0 : 100 * used / limit;
    }
}
