package gatepost.broker.shell;

import gatepost.broker.subscription.DurableSubscription;
import gatepost.broker.subscription.DurableSubscriptions;
import gatepost.shell.AnsweringCommand;
import gatepost.shell.Listing;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code gatepost:subscription-list}: for whom topics keep messages. */
@Service
@Command(
        scope = "gatepost",
        name = "subscription-list",
        description = "Lists durable subscriptions to topics, the fullest first",
        detailedDescription = "classpath:subscription-list.txt")
public final class SubscriptionListCommand extends AnsweringCommand {

    @Argument(name = "user", description = "The user's exact name; everybody's without it")
    @Completion(SubscriberCompleter.class)
    private String user;

    @Option(name = "--limit", description = "At most so many rows")
    private int limit = 50;

    @Reference
    private DurableSubscriptions subscriptions;

    @Override
    protected Answer answer() {
        if (limit < 1) {
            throw new IllegalArgumentException("--limit " + limit + ": expected 1 or more");
        }
        List<DurableSubscription> all = subscriptions.list().stream()
                .filter(subscription -> user == null || subscription.user().equals(user))
                .toList();
        Listing list = new Listing("User", "Client", "Subscription", "Topic", "Selector", "Waiting", "Offline since")
                .ifEmpty("There is no such subscription");
        all.stream()
                .limit(limit)
                .forEach(subscription -> list.row(
                        subscription.user(),
                        subscription.clientId(),
                        subscription.name(),
                        subscription.topic(),
                        subscription.selector(),
                        subscription.waiting(),
                        subscription.offlineSince()));
        int more = all.size() - limit;
        return Answer.of(more <= 0 ? list : list.note("and " + more + " more: see --limit"));
    }
}
