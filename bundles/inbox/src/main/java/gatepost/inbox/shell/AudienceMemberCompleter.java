package gatepost.inbox.shell;

import gatepost.inbox.Audiences;
import java.util.List;
import java.util.Set;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;

/** The members of the audience that the line names: the word behind the command that is no option. */
@Service
public final class AudienceMemberCompleter implements Completer {

    @Reference
    private Audiences audiences;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        return Offered.complete(members(line), session, line, candidates);
    }

    private Set<String> members(CommandLine line) {
        String[] words = line.getArguments();
        for (int i = 1; i < line.getCursorArgumentIndex(); i++) {
            if (!words[i].startsWith("-")) {
                try {
                    return audiences.members(words[i]);
                } catch (Exception e) {
                    // there is none of that name: nothing is offered
                    return Set.of();
                }
            }
        }
        return Set.of();
    }
}
