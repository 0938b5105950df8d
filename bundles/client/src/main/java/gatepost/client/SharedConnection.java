package gatepost.client;

import gatepost.transport.frame.Frame;
import io.netty.channel.EventLoop;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection that everything of an account shares. It is there while somebody uses it, and is made again, with growing
 * pauses, when it breaks; address and secret are asked for each time. Messages wait for it for as long as they were given.
 *
 * <p>All state belongs to one event loop; public methods may be called by any thread and never block.
 */
public final class SharedConnection {

    private static final Logger LOG = LoggerFactory.getLogger(SharedConnection.class);

    /** Messages that may wait for a connection or for their receipts. */
    private static final int MOST_REQUESTS = 10_000;

    private static final long DENIAL_PAUSE_MILLIS = 1000;
    private static final long EXPIRY_MILLIS = 250;

    private final EventLoop loop;
    private final String account;
    private final Reconnector session;
    private final Requests requests = new Requests();
    private final Denials denials = new Denials(TimeUnit.MILLISECONDS.toNanos(DENIAL_PAUSE_MILLIS));
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    private boolean expiring;
    private long lastSubscription;

    /**
     * @param loop on which everything happens
     * @param account for log lines
     * @param address where to connect, asked for each attempt; {@code stomp://HOST:PORT}, or none for now
     * @param credentials what to sign in with, asked for each attempt
     */
    public SharedConnection(
            EventLoop loop, String account, Supplier<Optional<URI>> address, Supplier<Credentials> credentials) {
        this.loop = loop;
        this.account = account;
        this.session = new Reconnector(loop, account, address, credentials, new Sessions());
    }

    /** Connects unless somebody uses it already. To be followed by one {@link #release}. */
    public void use() {
        execute(session::use);
    }

    /** Disconnects when nobody else uses it; what still waits then fails. */
    public void release() {
        execute(() -> {
            if (session.release()) {
                requests.clear("the connection is not in use any more");
                session.unused();
            }
        });
    }

    /** Connects at once if it is not connected: the address has changed. */
    public void wake() {
        execute(session::wake);
    }

    /** How it is doing. */
    public ConnectionState state() {
        return session.state();
    }

    /**
     * Sends a message.
     *
     * @param headers of the SEND frame, {@code destination} among them
     * @param timeout how long it may wait, for a connection and then for its receipt
     */
    public void send(Map<String, String> headers, byte[] body, Duration timeout, Outcome outcome) {
        boolean taken = execute(() -> {
            String destination = headers.get("destination");
            Request request =
                    new Request("SEND", headers, body, true, System.nanoTime() + timeout.toNanos(), failure -> {
                        denials.answered(destination, failure, System.nanoTime());
                        outcome.done(failure);
                    });
            if (!session.isUsed()) {
                request.failed(new GatepostUnavailableException("the connection is not in use"));
            } else if (denials.isDenied(destination)) {
                sendDenied(request, destination, outcome);
            } else if (requests.size() >= MOST_REQUESTS) {
                request.failed(new GatepostUnavailableException(
                        requests.size() + " messages wait already: " + state().text()));
            } else {
                request(request);
            }
        });
        if (!taken) {
            outcome.done(new GatepostUnavailableException("the client has ended"));
        }
    }

    /**
     * Subscribes, now and whenever the connection is made again.
     *
     * @param headers of the SUBSCRIBE frame, {@code destination} among them, which stays the same; asked for each time, on the
     *     connection's event loop; {@code id} and {@code ack} are set here
     * @param handler called on the connection's event loop: it must not block
     */
    public Subscription subscribe(Supplier<Map<String, String>> headers, Consumer<Delivery> handler) {
        String id;
        synchronized (this) {
            id = "s" + ++lastSubscription;
        }
        Subscription subscription = new Subscription(this, id, headers, handler);
        execute(() -> {
            subscriptions.put(id, subscription);
            subscribeAgain(subscription);
        });
        return subscription;
    }

    /** Does nothing once the client is gone for good. @return whether it will be run */
    boolean execute(Runnable task) {
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            LOG.debug("{}: the client has ended", account, e);
            return false;
        }
    }

    /** Runs a task on the event loop when what was denied may be asked for again. */
    void later(Runnable task) {
        loop.schedule(task, DENIAL_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    void forget(String subscription) {
        subscriptions.remove(subscription);
    }

    boolean isConnectedBy(StompSession by) {
        return by != null && session.connected().filter(by::equals).isPresent();
    }

    boolean isLost(StompSession by) {
        return !session.isCurrent(by);
    }

    void subscribeAgain(Subscription subscription) {
        session.connected().ifPresent(subscription::connected);
    }

    /** Sends a request, or keeps it for the next session. */
    void request(Request request) {
        Optional<StompSession> connected = session.connected();
        if (connected.isPresent()) {
            requests.send(request, connected.get());
        } else if (request.survives()) {
            requests.keep(request);
        } else {
            request.failed(new GatepostUnavailableException(state().text()));
        }
        expireLater();
    }

    /** Sends a request over a session of its own. */
    void attempt(Request request) {
        session.separately(request);
    }

    private void sendDenied(Request request, String destination, Outcome outcome) {
        if (denials.isDue(destination, System.nanoTime())) {
            attempt(request);
        } else {
            outcome.done(denials.exception(destination));
        }
    }

    private void expireLater() {
        if (!expiring && requests.size() > 0) {
            expiring = true;
            loop.schedule(
                    () -> {
                        expiring = false;
                        requests.expire(System.nanoTime(), state().text());
                        expireLater();
                    },
                    EXPIRY_MILLIS,
                    TimeUnit.MILLISECONDS);
        }
    }

    /** What the sessions bring, one after the other. */
    private final class Sessions implements Reconnector.User {

        @Override
        public void connected(StompSession by) {
            subscriptions.values().forEach(subscription -> subscription.connected(by));
            requests.send(by);
        }

        @Override
        public void received(StompSession by, Frame frame) {
            switch (frame.command()) {
                case "MESSAGE" -> {
                    Subscription subscription = subscriptions.get(frame.header("subscription"));
                    if (subscription != null) {
                        subscription.received(by, frame);
                    }
                }
                case "RECEIPT" -> {
                    session.works();
                    Request request = requests.answered(frame.header("receipt-id"));
                    if (request != null) {
                        request.succeeded();
                    }
                }
                case "ERROR" -> refused(by, frame);
                default -> LOG.warn("{}: unexpected frame {}", account, frame.command());
            }
        }

        /** Every ERROR ends the session; the receipts of what was served before it have come before it. */
        private void refused(StompSession by, Frame error) {
            String message = error.header("message");
            Request culprit = requests.answered(error.header("receipt-id"));
            by.close();
            if (culprit != null) {
                culprit.failed(SeparateRequest.refusal(message));
            }
            session.lost(message, culprit != null);
        }

        @Override
        public void disconnected() {
            subscriptions.values().forEach(Subscription::disconnected);
        }

        @Override
        public void lost(String reason, boolean explained) {
            requests.lost(reason, explained);
        }
    }
}
