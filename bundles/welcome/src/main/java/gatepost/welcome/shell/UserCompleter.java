package gatepost.welcome.shell;

import gatepost.welcome.Welcome;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** The users of the users file. */
@Service
public final class UserCompleter implements Completer {

    @Reference
    private Welcome welcome;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        return new StringsCompleter(welcome.names(), true).complete(session, line, candidates);
    }
}
