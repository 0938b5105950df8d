package gatepost.transport.metrics;

import gatepost.metrics.view.ConnectionView;
import gatepost.metrics.view.SessionView;
import io.netty.channel.ChannelFuture;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.osgi.service.component.annotations.Component;

/**
 * The sockets over which somebody is signed in, for operators to look at: owns their figures. Who somebody is and since when is
 * authentication's, which is asked, as the figures are, only when somebody looks.
 */
@Component(service = {OpenSockets.class, SessionView.class, ConnectionView.class})
public final class OpenSockets implements SessionView, ConnectionView {

    /** A socket that can be asked; any thread. */
    public interface OpenSocket {

        SessionRow session();

        ConnectionRow connection();
    }

    private final ConcurrentMap<String, OpenSocket> open = new ConcurrentHashMap<>();

    /**
     * @param id of the session
     * @param end completed when the connection is closed, perhaps already
     */
    public void opened(String id, OpenSocket socket, ChannelFuture end) {
        open.put(id, socket);
        end.addListener(closed -> open.remove(id));
    }

    @Override
    public List<SessionRow> sessions() {
        return open.values().stream().map(OpenSocket::session).toList();
    }

    @Override
    public Optional<ConnectionRow> connection(String session) {
        return Optional.ofNullable(open.get(session)).map(OpenSocket::connection);
    }
}
