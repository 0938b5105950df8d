package gatepost.broker.shell;

import gatepost.broker.EmbeddedBroker;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** The users of whose messages something is known. */
@Service
public final class TracedUserCompleter implements Completer {

    @Reference
    private EmbeddedBroker broker;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        return new StringsCompleter(broker.trace().users()).complete(session, line, candidates);
    }
}
