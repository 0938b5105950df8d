package gatepost.authentication.session;

import gatepost.authentication.identity.TokenFacts;
import gatepost.contracts.SessionList;
import gatepost.contracts.TokenAccount;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.TransportConnector;

/** The live sessions for other bundles. Any thread. */
public final class OpenSessions implements SessionList {

    private static final String ENDED = "Closed by an operator";

    private final Sessions sessions;

    public OpenSessions(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public List<OpenSession> all() {
        return those(session -> true);
    }

    @Override
    public List<OpenSession> of(String user) {
        return those(session -> session.identity().user().equals(user));
    }

    @Override
    public Optional<OpenSession> session(String id) {
        return those(session -> id(session).equals(id)).stream().findFirst();
    }

    @Override
    public Optional<TokenAccount> account(String id) {
        return sessions.live().stream()
                .filter(session -> id(session).equals(id))
                .map(Session::security)
                .filter(TokenAccount.class::isInstance)
                .map(TokenAccount.class::cast)
                .findFirst();
    }

    @Override
    public boolean end(String id) {
        return sessions.end(session -> id(session).equals(id), ENDED) > 0;
    }

    private List<OpenSession> those(Predicate<Session> which) {
        return sessions.live().stream()
                .filter(which)
                .map(OpenSessions::told)
                .sorted(Comparator.comparing(OpenSession::since))
                .toList();
    }

    private static String id(Session session) {
        return String.valueOf(session.context().getConnectionId());
    }

    static OpenSession told(Session session) {
        ConnectionContext context = session.context();
        Optional<String> connector = context.getConnector() instanceof TransportConnector known
                ? Optional.ofNullable(known.getName())
                : Optional.empty();
        String address = context.getConnection() == null
                ? ""
                : String.valueOf(context.getConnection().getRemoteAddress());
        return new OpenSession(
                id(session),
                session.identity().user(),
                session.security().since(),
                connector,
                address,
                Optional.of(session.identity().ends()).filter(ends -> !ends.equals(Instant.MAX)),
                session.identity().token().flatMap(TokenFacts::id));
    }
}
