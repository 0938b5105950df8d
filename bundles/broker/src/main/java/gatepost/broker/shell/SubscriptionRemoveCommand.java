package gatepost.broker.shell;

import gatepost.broker.subscription.DurableSubscription;
import gatepost.broker.subscription.DurableSubscriptions;
import gatepost.shell.AnsweringCommand;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code gatepost:subscription-remove}: ends a durable subscription whose client does not come back. */
@Service
@Command(
        scope = "gatepost",
        name = "subscription-remove",
        description = "Removes a durable subscription and what waits for it, for good",
        detailedDescription = "classpath:subscription-remove.txt")
public final class SubscriptionRemoveCommand extends AnsweringCommand {

    @Argument(
            index = 0,
            name = "client",
            required = true,
            description = "The client, as gatepost:subscription-list names it")
    @Completion(SubscriptionClientCompleter.class)
    private String client;

    @Argument(index = 1, name = "subscription", required = true, description = "The subscription's exact name")
    @Completion(SubscriptionNameCompleter.class)
    private String name;

    @Reference
    private DurableSubscriptions subscriptions;

    @Override
    protected Optional<String> audited() {
        return Optional.of(client + "/" + name);
    }

    @Override
    protected Answer answer() throws Exception {
        DurableSubscription removed = subscriptions.remove(client, name);
        return Answer.of(
                "The subscription is removed; "
                        + (removed.waiting() == 1
                                ? "1 message is dropped"
                                : removed.waiting() + " messages are dropped"),
                Map.of("client", client, "subscription", name, "dropped", removed.waiting()));
    }
}
