package gatepost.inbox.shell;

import gatepost.inbox.UserInboxes;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** The names of those who have an inbox, and that begin as what was typed: some of them, for there may be a hundred thousand. */
@Service
public final class InboxUserCompleter implements Completer {

    private static final int OFFERED = 200;

    @Reference
    private UserInboxes inboxes;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        String typed = line.getCursorArgument() == null
                ? ""
                : line.getCursorArgument().substring(0, line.getArgumentPosition());
        List<String> names = inboxes.users().stream()
                .filter(name -> name.startsWith(typed))
                .limit(OFFERED)
                .toList();
        return new StringsCompleter(names, true).complete(session, line, candidates);
    }
}
