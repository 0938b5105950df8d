package gatepost.transport.http;

import gatepost.contracts.Page;
import gatepost.transport.connector.ConnectorOptions;
import gatepost.transport.session.CallTransport;
import gatepost.transport.session.SharedResources;
import gatepost.transport.websocket.Pages;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import java.security.MessageDigest;

/**
 * Who calls over one connection: a session for as long as the calls bring the same credentials and come the same way, and another for
 * whoever comes next. A proxy has many people's calls come over one connection. Event loop only.
 */
final class Caller {

    /** Told on the event loop. */
    interface Listener {

        /** What came too fast is paid for. */
        void readOn();

        /** The broker wants no more of it. */
        void closed();
    }

    private final ConnectorOptions options;
    private final SharedResources shared;
    private final Surroundings surroundings;
    private final Listener listener;
    private CallTransport session;
    private Page page;
    private byte[] credentials;

    Caller(ConnectorOptions options, SharedResources shared, Surroundings surroundings, Listener listener) {
        this.options = options;
        this.shared = shared;
        this.surroundings = surroundings;
        this.listener = listener;
    }

    /** @return the session of the last call, if that can go on, or a new one, which is not signed in yet */
    CallTransport session(Channel channel, HttpRequest request, Credentials brought) {
        Page from = Pages.of(request.headers());
        byte[] fingerprint = Credentials.fingerprint(brought);
        boolean same = session != null
                && session.isSignedIn()
                && from.equals(page)
                && MessageDigest.isEqual(fingerprint, credentials);
        if (!same) {
            end();
            page = from;
            credentials = fingerprint;
            session = new CallTransport(
                    channel,
                    surroundings.address(channel, from),
                    surroundings.caller(channel, from),
                    options,
                    shared,
                    listener::readOn,
                    () -> channel.eventLoop().execute(listener::closed));
            surroundings.accept(session);
        }
        return session;
    }

    /** @return the session of the last call, or {@code null} */
    CallTransport session() {
        return session;
    }

    void end() {
        if (session != null) {
            session.end();
            session = null;
        }
    }
}
