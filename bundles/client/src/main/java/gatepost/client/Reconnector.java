package gatepost.client;

import gatepost.transport.frame.Frame;
import io.netty.channel.EventLoop;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a session of an account while somebody uses it, and makes it again, with growing pauses, when it breaks; address and secret are
 * asked for each time. Belongs to one event loop, but for {@link #state}.
 */
final class Reconnector implements StompSession.Events {

    /** Learns what becomes of the sessions; called on the event loop. */
    interface User {

        /** There is a session, and it is signed in. */
        void connected(StompSession session);

        /** Any frame after that. */
        void received(StompSession session, Frame frame);

        /** There is no session any more. */
        void disconnected();

        /**
         * The session was lost, or could not be made; follows {@link #disconnected}.
         *
         * @param explained whether it is known which request it ended for
         */
        void lost(String reason, boolean explained);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Reconnector.class);
    private static final String NO_CONNECTOR = "no connector of the scheme stomp is open";
    private static final ConnectionState UNUSED = new ConnectionState(false, "not in use");

    private final EventLoop loop;
    private final String account;
    private final Supplier<Optional<URI>> address;
    private final Supplier<Credentials> credentials;
    private final User user;
    private final Backoff backoff = new Backoff();
    private volatile ConnectionState state = UNUSED;
    private StompSession session;
    private boolean connected;
    private int users;
    private long attempts;
    /** Whether it broke last because of a request: whoever made that has been told, the log is not. */
    private boolean answered;

    /** As {@link SharedConnection} says. */
    Reconnector(
            EventLoop loop,
            String account,
            Supplier<Optional<URI>> address,
            Supplier<Credentials> credentials,
            User user) {
        this.loop = loop;
        this.account = account;
        this.address = address;
        this.credentials = credentials;
        this.user = user;
    }

    /** Connects unless somebody uses it already. */
    void use() {
        if (users++ == 0) {
            connect();
        }
    }

    /** Disconnects when nobody else uses it. @return whether that is so */
    boolean release() {
        if (--users != 0) {
            return false;
        }
        attempts++;
        end();
        return true;
    }

    /** Says so once all that waited has been told. */
    void unused() {
        state = UNUSED;
    }

    /** Connects at once if it is not connected. */
    void wake() {
        if (session == null && users > 0) {
            backoff.reset();
            connect();
        }
    }

    boolean isUsed() {
        return users > 0;
    }

    /** @return how it is doing; any thread */
    ConnectionState state() {
        return state;
    }

    /** @return the session, if there is one and it is signed in */
    Optional<StompSession> connected() {
        return connected ? Optional.of(session) : Optional.empty();
    }

    /** @return whether that is the session, signed in or not */
    boolean isCurrent(StompSession other) {
        return session == other;
    }

    /** The session serves what it is asked: should it break, the first pause is a short one. */
    void works() {
        backoff.reset();
    }

    /** Runs a request over a session of its own, to where this one is connected. */
    void separately(Request request) {
        Optional<URI> there = connected ? address.get() : Optional.empty();
        if (there.isPresent()) {
            SeparateRequest.run(loop, there.get(), credentials.get(), request);
        } else {
            request.failed(new GatepostUnavailableException(state.text()));
        }
    }

    @Override
    public void connected(StompSession by) {
        if (by != session) {
            by.close();
            return;
        }
        connected = true;
        state = new ConnectionState(
                true,
                "connected as " + account + " to "
                        + address.get().map(URI::toString).orElse("?"));
        if (!answered) {
            LOG.info("{}", state.text());
        }
        user.connected(by);
    }

    @Override
    public void received(StompSession by, Frame frame) {
        user.received(by, frame);
    }

    @Override
    public void ended(StompSession by, String reason) {
        if (by == session) {
            lost(reason, false);
        }
    }

    /** The session is of no more use; as {@link User#lost} says. */
    void lost(String reason, boolean explained) {
        String before = state.text();
        end();
        state = notConnected(reason);
        answered = explained;
        if (!answered && !state.text().equals(before)) {
            LOG.warn("{}: {}", account, state.text());
        }
        user.lost(reason, explained);
        if (users > 0) {
            long attempt = ++attempts;
            loop.schedule(
                    () -> {
                        if (attempt == attempts) {
                            connect();
                        }
                    },
                    explained ? 1 : backoff.next(),
                    TimeUnit.MILLISECONDS);
        }
    }

    private static ConnectionState notConnected(String reason) {
        return new ConnectionState(false, "not connected: " + reason);
    }

    private void end() {
        if (session != null) {
            session.close();
        }
        session = null;
        connected = false;
        user.disconnected();
    }

    private void connect() {
        if (session != null || users == 0) {
            return;
        }
        Optional<URI> there = address.get();
        if (there.isPresent()) {
            session = StompSession.open(loop, there.get(), credentials.get(), this);
        } else {
            // so it is at a start, and gatepost:status tells of it: nothing for the log
            state = notConnected(NO_CONNECTOR);
            lost(NO_CONNECTOR, false);
        }
    }
}
