package gatepost.inbox.shell;

import gatepost.inbox.UserInboxes;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** The kinds of inboxes that {@code etc/gatepost.inbox.cfg} names. */
@Service
public final class InboxKindCompleter implements Completer {

    @Reference
    private UserInboxes inboxes;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        return new StringsCompleter(inboxes.kinds()).complete(session, line, candidates);
    }
}
