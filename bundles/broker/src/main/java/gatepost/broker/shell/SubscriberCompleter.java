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

/** Users who have durable subscriptions. */
@Service
public final class SubscriberCompleter implements Completer {

    @Reference
    private DurableSubscriptions subscriptions;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        return new StringsCompleter(subscriptions.list().stream()
                        .map(DurableSubscription::user)
                        .distinct()
                        .toList())
                .complete(session, line, candidates);
    }
}
