package gatepost.inbox.shell;

import gatepost.inbox.UserInboxes;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;

/** The names of those who have an inbox. */
@Service
public final class InboxUserCompleter implements Completer {

    @Reference
    private UserInboxes inboxes;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        return Offered.complete(inboxes.users(), session, line, candidates);
    }
}
