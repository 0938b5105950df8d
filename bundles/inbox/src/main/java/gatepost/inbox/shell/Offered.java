package gatepost.inbox.shell;

import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Of many names those that begin as what was typed: some of them, for there may be a hundred thousand. */
final class Offered {

    private static final int OFFERED = 200;

    private Offered() {}

    static int complete(Collection<String> names, Session session, CommandLine line, List<String> candidates) {
        String typed = line.getCursorArgument() == null
                ? ""
                : line.getCursorArgument().substring(0, line.getArgumentPosition());
        List<String> matching = names.stream()
                .filter(name -> name.startsWith(typed))
                .limit(OFFERED)
                .toList();
        return new StringsCompleter(matching, true).complete(session, line, candidates);
    }
}
