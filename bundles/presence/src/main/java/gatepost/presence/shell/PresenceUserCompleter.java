package gatepost.presence.shell;

import gatepost.contracts.Presence;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Names of those who are on line, from what was typed on: some of them, for there may be a hundred thousand. */
@Service
public final class PresenceUserCompleter implements Completer {

    private static final int OFFERED = 200;

    @Reference
    private Presence presence;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        String typed = line.getCursorArgument() == null
                ? ""
                : line.getCursorArgument().substring(0, line.getArgumentPosition());
        List<String> matching = presence.online(before(typed), OFFERED).stream()
                .map(Presence.State::user)
                .filter(name -> name.startsWith(typed))
                .toList();
        return new StringsCompleter(matching, true).complete(session, line, candidates);
    }

    /** @return a name behind which what was typed comes itself, if it is one, and next to nothing else */
    private static String before(String typed) {
        if (typed.isEmpty()) {
            return "";
        }
        int last = typed.length() - 1;
        return typed.charAt(last) == 0
                ? typed.substring(0, last)
                : typed.substring(0, last) + (char) (typed.charAt(last) - 1) + Character.MAX_VALUE;
    }
}
