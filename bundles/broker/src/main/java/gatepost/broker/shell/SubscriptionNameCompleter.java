package gatepost.broker.shell;

import gatepost.broker.subscription.DurableSubscription;
import gatepost.broker.subscription.DurableSubscriptions;
import java.util.Arrays;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** The durable subscriptions of the client that was typed before. */
@Service
public final class SubscriptionNameCompleter implements Completer {

    @Reference
    private DurableSubscriptions subscriptions;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        List<String> typed = Arrays.asList(line.getArguments());
        return new StringsCompleter(subscriptions.list().stream()
                        .filter(subscription -> typed.contains(subscription.clientId()))
                        .map(DurableSubscription::name)
                        .toList())
                .complete(session, line, candidates);
    }
}
