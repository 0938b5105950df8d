package gatepost.camel.connection;

import gatepost.camel.GatepostUnavailableException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.fusesource.hawtdispatch.Dispatch;
import org.fusesource.hawtdispatch.DispatchQueue;
import org.fusesource.stomp.codec.StompFrame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection that everything of an account shares. It is there while somebody uses it, and is made again, with growing
 * pauses, when it breaks; address and secret are asked for each time. Messages wait for it for as long as they were given.
 *
 * <p>All state belongs to one dispatch queue; public methods may be called by any thread and never block.
 */
public final class SharedConnection implements Wire.Events {

    private static final Logger LOG = LoggerFactory.getLogger(SharedConnection.class);

    /** Messages that may wait for a connection or for their receipts. */
    private static final int MOST_REQUESTS = 10_000;
    private static final long DENIAL_PAUSE_MILLIS = 1000;
    private static final long EXPIRY_MILLIS = 250;

    private final DispatchQueue queue;
    private final String account;
    private final Supplier<Optional<URI>> address;
    private final Supplier<Credentials> credentials;
    private final Requests requests = new Requests();
    private final Denials denials = new Denials(TimeUnit.MILLISECONDS.toNanos(DENIAL_PAUSE_MILLIS));
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    private final Backoff backoff = new Backoff();
    private volatile ConnectionState state = new ConnectionState(false, "not in use");
    private Wire wire;
    private boolean connected;
    private boolean expiring;
    private int users;
    private long attempts;
    private long lastSubscription;

    /**
     * @param account for log lines
     * @param address where to connect, asked for each attempt; {@code stomp://HOST:PORT}, or none for now
     * @param credentials what to sign in with, asked for each attempt
     */
    public SharedConnection(String account, Supplier<Optional<URI>> address, Supplier<Credentials> credentials) {
        this.account = account;
        this.address = address;
        this.credentials = credentials;
        this.queue = Dispatch.createQueue("gatepost-" + account);
    }

    /** Connects unless somebody uses it already. To be followed by one {@link #release}. */
    public void use() {
        execute(() -> {
            if (users++ == 0) {
                connect();
            }
        });
    }

    /** Disconnects when nobody else uses it; what still waits then fails. */
    public void release() {
        execute(() -> {
            if (--users == 0) {
                attempts++;
                end();
                requests.clear("the connection is not in use any more");
                state = new ConnectionState(false, "not in use");
            }
        });
    }

    /** Connects at once if it is not connected: the address has changed. */
    public void wake() {
        execute(() -> {
            if (wire == null && users > 0) {
                backoff.reset();
                connect();
            }
        });
    }

    /** How it is doing. */
    public ConnectionState state() {
        return state;
    }

    /**
     * Sends a message.
     *
     * @param headers of the SEND frame, {@code destination} among them
     * @param patience how long it may wait, for a connection and then for its receipt
     */
    public void send(Map<String, String> headers, byte[] body, Duration patience, Outcome outcome) {
        execute(() -> {
            String destination = headers.get("destination");
            Request request = new Request("SEND", headers, body, true, System.nanoTime() + patience.toNanos(),
                    failure -> {
                        denials.answered(destination, failure, System.nanoTime());
                        outcome.done(failure);
                    });
            if (users == 0) {
                request.failed(new GatepostUnavailableException("the connection is not in use"));
            } else if (denials.isDenied(destination)) {
                sendDenied(request, destination, outcome);
            } else if (requests.size() >= MOST_REQUESTS) {
                request.failed(new GatepostUnavailableException(requests.size() + " messages wait already: " + state.text()));
            } else {
                request(request);
            }
        });
    }

    /**
     * Subscribes, now and whenever the connection is made again.
     *
     * @param headers of the SUBSCRIBE frame, {@code destination} among them; {@code id} and {@code ack} are set here
     * @param handler called on the connection's queue: it must not block
     */
    public Subscription subscribe(Map<String, String> headers, Consumer<Delivery> handler) {
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

    void execute(Runnable task) {
        queue.execute(task);
    }

    /** Runs a task on the queue when what was denied may be asked for again. */
    void later(Runnable task) {
        queue.executeAfter(DENIAL_PAUSE_MILLIS, TimeUnit.MILLISECONDS, task);
    }

    void forget(String subscription) {
        subscriptions.remove(subscription);
    }

    boolean isConnectedBy(Wire by) {
        return connected && by != null && wire == by;
    }

    boolean isLost(Wire by) {
        return wire != by;
    }

    void subscribeAgain(Subscription subscription) {
        if (connected) {
            subscription.connected(wire);
        }
    }

    /** Sends a request, or keeps it for the next wire. */
    void request(Request request) {
        if (connected) {
            requests.send(request, wire);
        } else if (request.survives()) {
            requests.keep(request);
        } else {
            request.failed(new GatepostUnavailableException(state.text()));
        }
        expireLater();
    }

    /** Sends a request over a wire of its own. */
    void attempt(Request request) {
        Optional<URI> there = connected ? address.get() : Optional.empty();
        if (there.isPresent()) {
            Trial.run(queue, there.get(), credentials.get(), request);
        } else {
            request.failed(new GatepostUnavailableException(state.text()));
        }
    }

    @Override
    public void connected(Wire by) {
        if (by != wire) {
            by.close();
            return;
        }
        connected = true;
        state = new ConnectionState(true, "connected as " + account + " to " + address.get().map(URI::toString).orElse("?"));
        LOG.info("{}", state.text());
        subscriptions.values().forEach(subscription -> subscription.connected(by));
        requests.send(by);
    }

    @Override
    public void received(Wire by, StompFrame frame) {
        switch (frame.action().toString()) {
            case "MESSAGE" -> {
                Subscription subscription = subscriptions.get(Frames.header(frame, "subscription"));
                if (subscription != null) {
                    subscription.received(by, frame);
                }
            }
            case "RECEIPT" -> {
                backoff.reset();
                Request request = requests.answered(Frames.header(frame, "receipt-id"));
                if (request != null) {
                    request.succeeded();
                }
            }
            case "ERROR" -> refused(frame);
            default -> LOG.warn("{}: unexpected frame {}", account, frame.action());
        }
    }

    @Override
    public void ended(Wire by, String reason) {
        if (by == wire) {
            lost(reason, false);
        }
    }

    /** Every ERROR ends the wire; the receipts of what was served before it have come before it. */
    private void refused(StompFrame error) {
        String message = Frames.header(error, "message");
        Request culprit = requests.answered(Frames.header(error, "receipt-id"));
        wire.close();
        if (culprit != null) {
            culprit.failed(Trial.refusal(message));
        }
        lost(message, culprit != null);
    }

    private void lost(String reason, boolean explained) {
        String before = state.text();
        end();
        state = new ConnectionState(false, "not connected: " + reason);
        if (!state.text().equals(before)) {
            LOG.warn("{}: {}", account, state.text());
        }
        requests.lost(reason, explained);
        if (users > 0) {
            long attempt = ++attempts;
            queue.executeAfter(explained ? 1 : backoff.next(), TimeUnit.MILLISECONDS, () -> {
                if (attempt == attempts) {
                    connect();
                }
            });
        }
    }

    private void end() {
        if (wire != null) {
            wire.close();
        }
        wire = null;
        connected = false;
        subscriptions.values().forEach(Subscription::disconnected);
    }

    private void connect() {
        if (wire != null || users == 0) {
            return;
        }
        Optional<URI> there = address.get();
        if (there.isPresent()) {
            wire = Wire.open(queue, there.get(), credentials.get(), this);
        } else {
            lost("no connector of the scheme stomp is open", false);
        }
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
            queue.executeAfter(EXPIRY_MILLIS, TimeUnit.MILLISECONDS, () -> {
                expiring = false;
                requests.expire(System.nanoTime(), state.text());
                expireLater();
            });
        }
    }
}
