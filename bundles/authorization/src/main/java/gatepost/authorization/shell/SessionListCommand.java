package gatepost.authorization.shell;

import gatepost.authorization.Authorization;
import gatepost.authorization.broker.SessionSubscriptions;
import gatepost.authorization.engine.User;
import gatepost.contracts.Printable;
import gatepost.metrics.view.ConnectionView;
import gatepost.metrics.view.ConnectionView.ConnectionRow;
import gatepost.metrics.view.SessionView;
import gatepost.metrics.view.SessionView.SessionRow;
import gatepost.shell.AnsweringCommand;
import gatepost.shell.Bytes;
import gatepost.shell.Listing;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code gatepost:session-list}: who is there, subscribed to what, and how far behind. */
@Service
@Command(
        scope = "gatepost",
        name = "session-list",
        description = "Lists the clients that are signed in",
        detailedDescription = "classpath:session-list.txt")
public final class SessionListCommand extends AnsweringCommand {

    @Option(name = "--user", description = "Sessions of this user only")
    @Completion(UserCompleter.class)
    private String user;

    @Option(name = "--limit", description = "At most so many rows")
    private int limit = 50;

    @Reference
    private Authorization authorization;

    /** The transport's, where it is installed. */
    @Reference(optional = true)
    private SessionView looks;

    @Reference(optional = true)
    private ConnectionView connections;

    @Override
    protected Answer answer() {
        if (limit < 1) {
            throw new IllegalArgumentException("--limit " + limit + ": expected 1 or more");
        }
        List<SessionSubscriptions> sessions = authorization.sessions().stream()
                .filter(session -> user == null
                        || session.user().map(User::name).filter(user::equals).isPresent())
                .toList();
        Map<String, SessionRow> rows = looks == null
                ? Map.of()
                : looks.sessions().stream().collect(Collectors.toMap(SessionRow::id, Function.identity()));
        Listing list = new Listing(
                        "Session",
                        "User",
                        "Groups",
                        "Client id",
                        "Address",
                        "Connector",
                        "Since",
                        "Expires",
                        "Unacknowledged",
                        "Bytes waiting",
                        "Heart-beats",
                        "Subscriptions")
                .ifEmpty("Nobody is signed in");
        for (SessionSubscriptions session : sessions.subList(0, Math.min(limit, sessions.size()))) {
            Optional<SessionRow> row = Optional.ofNullable(rows.get(session.id()));
            Optional<ConnectionRow> connection =
                    Optional.ofNullable(connections).flatMap(view -> view.connection(session.id()));
            list.row(
                    session.id(),
                    user(session),
                    session.user().map(User::groups).map(groups -> String.join(",", groups)),
                    session.clientId(),
                    session.address(),
                    connection.map(ConnectionRow::connector),
                    session.since().map(at -> at.truncatedTo(ChronoUnit.SECONDS)),
                    session.expires().map(at -> at.truncatedTo(ChronoUnit.SECONDS)),
                    row.map(SessionRow::unacknowledged),
                    row.map(SessionRow::waitingBytes).map(Bytes::new),
                    connection.map(beats -> beats.heartBeatSent() + "," + beats.heartBeatExpected()),
                    session.destinations());
        }
        int more = sessions.size() - limit;
        return Answer.of(more <= 0 ? list : list.note("and " + more + " more: see --limit and --user"));
    }

    /** A name is a client's own choice where tokens are minted from outside: nothing of it reaches the terminal raw. */
    static String user(SessionSubscriptions session) {
        return session.user().map(User::name).map(Printable::whole).orElse("");
    }
}
