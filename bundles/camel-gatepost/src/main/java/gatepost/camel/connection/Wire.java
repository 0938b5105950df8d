package gatepost.camel.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.fusesource.hawtdispatch.Dispatch;
import org.fusesource.hawtdispatch.DispatchQueue;
import org.fusesource.hawtdispatch.transport.DefaultTransportListener;
import org.fusesource.hawtdispatch.transport.Transport;
import org.fusesource.stomp.client.Callback;
import org.fusesource.stomp.client.CallbackConnection;
import org.fusesource.stomp.client.Stomp;
import org.fusesource.stomp.codec.StompFrame;

/**
 * One STOMP session over TCP, made by stompjms. Once it is connected its frames are taken from the transport itself: stompjms's
 * own connection fails all requests alike at an ERROR, and does not say which of them it was about.
 *
 * <p>Everything happens on one dispatch queue.
 */
final class Wire {

    private static final long CONNECT_TIMEOUT_MILLIS = 10_000;

    private final Events events;
    private final Deque<StompFrame> waiting = new ArrayDeque<>();
    private Transport transport;
    private boolean ended;

    /** What happens to a wire; called on its queue. */
    interface Events {

        /** The broker said CONNECTED. */
        void connected(Wire wire);

        /** Any frame after that. */
        void received(Wire wire, StompFrame frame);

        /** It could not be connected, or it broke; called once, and not after {@link Wire#close}. */
        void ended(Wire wire, String reason);
    }

    private Wire(Events events) {
        this.events = events;
    }

    /** @param address {@code stomp://ADDRESS:PORT}; where that is a wildcard, loopback is meant */
    static Wire open(DispatchQueue queue, URI address, Credentials credentials, Events events) {
        Wire wire = new Wire(events);
        queue.executeAfter(CONNECT_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS, () -> {
            if (wire.transport == null) {
                wire.end("no answer from " + address + " within " + CONNECT_TIMEOUT_MILLIS + " ms");
            }
        });
        try {
            Stomp stomp = new Stomp(reachable(address));
            stomp.setVersion("1.2");
            stomp.setHost("localhost");
            stomp.setLogin(credentials.login());
            stomp.setPasscode(credentials.passcode());
            stomp.setDispatchQueue(queue);
            stomp.connectCallback(wire.connecting(address));
        } catch (URISyntaxException | UnknownHostException e) {
            queue.execute(() -> wire.end(address + " cannot be connected to: " + e.getMessage()));
        }
        return wire;
    }

    void send(StompFrame frame) {
        if (!waiting.isEmpty() || !transport.offer(frame)) {
            waiting.add(frame);
        }
    }

    /** Ends it without a word; the broker takes back what was not acknowledged. */
    void close() {
        ended = true;
        if (transport != null) {
            transport.stop(Dispatch.NOOP);
        }
    }

    private Callback<CallbackConnection> connecting(URI address) {
        return new Callback<>() {
            @Override
            public void onSuccess(CallbackConnection connection) {
                transport = connection.transport();
                if (ended) {
                    transport.stop(Dispatch.NOOP);
                    return;
                }
                transport.setTransportListener(listener());
                connection.resume();
                events.connected(Wire.this);
            }

            @Override
            public void onFailure(Throwable failure) {
                end(address + ": " + failure.getMessage());
            }
        };
    }

    private DefaultTransportListener listener() {
        return new DefaultTransportListener() {
            @Override
            public void onTransportCommand(Object command) {
                if (!ended) {
                    events.received(Wire.this, (StompFrame) command);
                }
            }

            @Override
            public void onRefill() {
                while (!waiting.isEmpty() && transport.offer(waiting.peek())) {
                    waiting.remove();
                }
            }

            @Override
            public void onTransportFailure(IOException error) {
                end(error.getMessage() == null ? "the connection was closed" : error.getMessage());
            }

            @Override
            public void onTransportDisconnected() {
                end("the connection was closed");
            }
        };
    }

    private void end(String reason) {
        if (!ended) {
            close();
            events.ended(this, reason);
        }
    }

    private static URI reachable(URI address) throws URISyntaxException, UnknownHostException {
        InetAddress host = InetAddress.getByName(address.getHost());
        if (host.isAnyLocalAddress()) {
            host = InetAddress.getByName(host.getAddress().length == 4 ? "127.0.0.1" : "::1");
        }
        return new URI("tcp", null, host.getHostAddress(), address.getPort(), null, null, null);
    }
}
