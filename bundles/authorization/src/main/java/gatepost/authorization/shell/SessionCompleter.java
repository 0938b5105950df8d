package gatepost.authorization.shell;

import gatepost.authorization.Authorization;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** The ids of the live sessions. */
@Service
public final class SessionCompleter implements Completer {

    @Reference
    private Authorization authorization;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        List<String> ids =
                authorization.sessions().stream().map(live -> live.id()).toList();
        return new StringsCompleter(ids).complete(session, line, candidates);
    }
}
