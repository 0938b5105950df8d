package gatepost.broker.shell;

import gatepost.broker.subscription.DurableSubscription;
import gatepost.broker.subscription.DurableSubscriptions;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Clients with durable subscriptions that can be removed: those that are off line. */
@Service
public final class SubscriptionClientCompleter implements Completer {

    @Reference
    private DurableSubscriptions subscriptions;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        return new StringsCompleter(subscriptions.list().stream()
                        .filter(subscription -> subscription.offlineSince().isPresent())
                        .map(DurableSubscription::clientId)
                        .distinct()
                        .toList())
                .complete(session, line, candidates);
    }
}
