package gatepost.events.shell;

import gatepost.events.webhook.Webhook;
import gatepost.events.webhook.Webhooks;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Names of webhooks. */
@Service
public final class WebhookCompleter implements Completer {

    @Reference
    private Webhooks webhooks;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        return new StringsCompleter(webhooks.all().stream().map(Webhook::name).toList())
                .complete(session, line, candidates);
    }
}
