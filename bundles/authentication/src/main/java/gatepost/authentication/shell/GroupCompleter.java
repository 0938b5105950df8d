package gatepost.authentication.shell;

import gatepost.authentication.ShellTokens;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** The groups that a token can put its user into. */
@Service
public final class GroupCompleter implements Completer {

    @Reference
    private ShellTokens tokens;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        return new StringsCompleter(tokens.groups(), true).complete(session, line, candidates);
    }
}
