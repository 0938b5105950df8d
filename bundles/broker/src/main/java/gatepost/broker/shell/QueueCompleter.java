package gatepost.broker.shell;

import gatepost.broker.queue.Queues;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** The names of queues that begin as what was typed: some of them, for there may be a hundred thousand. */
@Service
public final class QueueCompleter implements Completer {

    private static final int OFFERED = 200;

    @Reference
    private Queues queues;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        String typed = line.getCursorArgument() == null
                ? ""
                : line.getCursorArgument().substring(0, line.getArgumentPosition());
        List<String> names = queues.names().stream()
                .filter(name -> name.startsWith(typed))
                .sorted()
                .limit(OFFERED)
                .toList();
        return new StringsCompleter(names).complete(session, line, candidates);
    }
}
