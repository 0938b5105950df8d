package gatepost.authorization.shell;

import gatepost.contracts.Revocation.Kind;
import gatepost.contracts.Revocations;
import gatepost.contracts.SessionList;
import gatepost.contracts.SessionList.OpenSession;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** The users who are signed in, and those who are revoked. */
@Service
public final class RevocableUserCompleter implements Completer {

    @Reference
    private SessionList sessions;

    @Reference
    private Revocations revocations;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        Set<String> users = new TreeSet<>();
        sessions.all().stream().map(OpenSession::user).forEach(users::add);
        try {
            revocations.inForce().stream()
                    .map(Revocations.InForce::revocation)
                    .filter(revocation -> revocation.kind() != Kind.TOKEN)
                    .forEach(revocation -> users.add(revocation.name()));
        } catch (IOException e) {
            // while the journal is not read those who are signed in are all that can be offered
            return new StringsCompleter(users).complete(session, line, candidates);
        }
        return new StringsCompleter(users).complete(session, line, candidates);
    }
}
