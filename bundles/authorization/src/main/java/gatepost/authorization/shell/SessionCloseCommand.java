package gatepost.authorization.shell;

import gatepost.authorization.Authorization;
import gatepost.authorization.broker.SessionSubscriptions;
import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code gatepost:session-close}: ends a session, or all of a user. */
@Service
@Command(
        scope = "gatepost",
        name = "session-close",
        description =
                "Closes a session, or all sessions of a user; the client gets an ERROR frame and may sign in again")
public final class SessionCloseCommand implements Action {

    @Argument(name = "session", description = "The session's id, as session-list shows it")
    @Completion(SessionCompleter.class)
    private String id;

    @Option(name = "--user", description = "Close all sessions of this user")
    @Completion(UserCompleter.class)
    private String user;

    @Reference
    private Authorization authorization;

    @Override
    public Object execute() {
        if ((id == null) == (user == null)) {
            throw new IllegalArgumentException("give a session's id or --user, and not both");
        }
        int closed = id == null ? authorization.close(user) : closeOne();
        System.out.println(closed == 1 ? "1 session is closed" : closed + " sessions are closed");
        return null;
    }

    private int closeOne() {
        List<SessionSubscriptions> sessions = authorization.sessions().stream()
                .filter(session -> session.id().equals(id))
                .toList();
        sessions.forEach(authorization::close);
        return sessions.size();
    }
}
