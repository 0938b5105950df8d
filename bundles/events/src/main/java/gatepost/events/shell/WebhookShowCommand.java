package gatepost.events.shell;

import gatepost.events.feed.PendingEvent;
import gatepost.events.feed.Sender;
import gatepost.events.webhook.Webhooks;
import gatepost.shell.AnsweringCommand;
import gatepost.shell.Listing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code gatepost:webhook-show}: what one webhook was not told yet, and why. */
@Service
@Command(
        scope = "gatepost",
        name = "webhook-show",
        description =
                "Shows the events that a webhook was not told yet, how often each was tried, and why it was not taken",
        detailedDescription = "classpath:webhook-show.txt")
public final class WebhookShowCommand extends AnsweringCommand {

    private static final int PATIENCE_SECONDS = 10;

    @Argument(name = "name", required = true, description = "The name of the webhook")
    @Completion(WebhookCompleter.class)
    private String name;

    @Option(name = "--user", description = "Only those of this user")
    private String user;

    @Option(name = "--limit", description = "At most so many rows")
    private int limit = 50;

    @Reference
    private Webhooks webhooks;

    @Override
    protected Answer answer() throws Exception {
        if (limit < 1) {
            throw new IllegalArgumentException("--limit " + limit + ": expected 1 or more");
        }
        Optional<Sender> sender = webhooks.named(name).sender();
        Listing list = new Listing("ID", "Type", "User", "Since", "Tries", "Last answer").ifEmpty("Nothing is pending");
        if (sender.isPresent()) {
            List<PendingEvent> events = sender.get()
                    .pending(Optional.ofNullable(user), limit)
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            events.forEach(event -> list.row(
                    event.id(),
                    event.type(),
                    event.user(),
                    Instant.ofEpochMilli(event.at()),
                    event.tries(),
                    event.failure()));
            int all = sender.get().status().pending();
            if (user == null && all > events.size()) {
                list.note(all + " are pending: see --limit and --user");
            }
        }
        return Answer.of(list);
    }
}
