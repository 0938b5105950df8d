package gatepost.authorization.shell;

import gatepost.authorization.Authorization;
import gatepost.authorization.engine.User;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** The users who are signed in. */
@Service
public final class UserCompleter implements Completer {

    @Reference
    private Authorization authorization;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        List<String> users = authorization.sessions().stream()
                .flatMap(live -> live.user().stream())
                .map(User::name)
                .distinct()
                .toList();
        return new StringsCompleter(users).complete(session, line, candidates);
    }
}
