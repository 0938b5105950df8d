package gatepost.authorization.shell;

import gatepost.contracts.SessionList;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** The ids of the tokens that live sessions came with. */
@Service
public final class TokenIdCompleter implements Completer {

    @Reference
    private SessionList sessions;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        List<String> ids = sessions.all().stream()
                .flatMap(live -> live.tokenId().stream())
                .distinct()
                .toList();
        return new StringsCompleter(ids).complete(session, line, candidates);
    }
}
