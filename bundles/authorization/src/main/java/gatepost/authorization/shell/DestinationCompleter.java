package gatepost.authorization.shell;

import gatepost.authorization.Authorization;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** What clients are subscribed to right now. */
@Service
public final class DestinationCompleter implements Completer {

    @Reference
    private Authorization authorization;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        List<String> destinations = authorization.sessions().stream()
                .flatMap(live -> live.destinations().stream())
                .distinct()
                .toList();
        return new StringsCompleter(destinations).complete(session, line, candidates);
    }
}
