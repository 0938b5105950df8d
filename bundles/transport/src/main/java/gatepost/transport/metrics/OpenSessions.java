package gatepost.transport.metrics;

import gatepost.metrics.view.ConnectionView;
import gatepost.metrics.view.SessionView;
import io.netty.channel.ChannelFuture;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.osgi.service.component.annotations.Component;

/** Those who are signed in, for operators to look at. A session is asked only when somebody looks. */
@Component(service = {OpenSessions.class, SessionView.class, ConnectionView.class})
public final class OpenSessions implements SessionView, ConnectionView {

    /** A session that can be asked; any thread. */
    public interface OpenSession {

        SessionRow session();

        ConnectionRow connection();
    }

    private final ConcurrentMap<String, OpenSession> open = new ConcurrentHashMap<>();

    /** @param end completed when the connection is closed, perhaps already */
    public void began(String id, OpenSession session, ChannelFuture end) {
        open.put(id, session);
        end.addListener(closed -> open.remove(id));
    }

    @Override
    public List<SessionRow> sessions() {
        return open.values().stream().map(OpenSession::session).toList();
    }

    @Override
    public Optional<ConnectionRow> connection(String session) {
        return Optional.ofNullable(open.get(session)).map(OpenSession::connection);
    }
}
