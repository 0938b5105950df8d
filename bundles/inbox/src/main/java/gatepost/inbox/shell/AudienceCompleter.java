package gatepost.inbox.shell;

import gatepost.inbox.Audiences;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;

/** The names of audiences. */
@Service
public final class AudienceCompleter implements Completer {

    @Reference
    private Audiences audiences;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        return Offered.complete(audiences.names(), session, line, candidates);
    }
}
