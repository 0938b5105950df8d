package gatepost.authorization.shell;

import gatepost.authorization.Authorization;
import gatepost.authorization.broker.SessionSubscriptions;
import gatepost.shell.AnsweringCommand;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
                "Closes a session, or all sessions of a user; the client gets an ERROR frame and may sign in again",
        detailedDescription = "classpath:session-close.txt")
public final class SessionCloseCommand extends AnsweringCommand {

    @Argument(name = "session", description = "The session's id, as session-list shows it")
    @Completion(SessionCompleter.class)
    private String id;

    @Option(name = "--user", description = "Close all sessions of this user")
    @Completion(UserCompleter.class)
    private String user;

    @Reference
    private Authorization authorization;

    @Override
    protected Optional<String> audited() {
        return Optional.ofNullable(id == null ? user : id);
    }

    @Override
    protected Answer answer() {
        if ((id == null) == (user == null)) {
            throw new IllegalArgumentException("give a session's id or --user, and not both");
        }
        int closed = id == null ? authorization.close(user) : closeOne();
        return Answer.of(
                closed == 1 ? "1 session is closed" : closed + " sessions are closed", Map.of("sessions", closed));
    }

    private int closeOne() {
        List<SessionSubscriptions> sessions = authorization.sessions().stream()
                .filter(session -> session.id().equals(id))
                .toList();
        sessions.forEach(authorization::close);
        return sessions.size();
    }
}
