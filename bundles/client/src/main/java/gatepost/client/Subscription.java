package gatepost.client;

import gatepost.transport.frame.Frame;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A subscription that outlives the sessions which it goes over. Each message is handed over once in this process, even when the
 * connection breaks before the broker has heard what became of it. What is denied is asked for again until it is granted.
 */
public final class Subscription {

    /** Accepted messages whose acknowledgement the broker has not confirmed, and which it has not delivered again either. */
    private static final int MOST_UNCONFIRMED = 10_000;

    private static final String DEVICE = "gatepost-device";

    private final SharedConnection connection;
    private final String id;
    private final Supplier<Map<String, String>> headers;
    private final boolean topic;
    private final Consumer<Delivery> handler;
    private final Map<String, Delivery> deliveries = new LinkedHashMap<>();
    private StompSession session;
    private boolean closed;
    private volatile GatepostException problem;

    Subscription(
            SharedConnection connection, String id, Supplier<Map<String, String>> headers, Consumer<Delivery> handler) {
        this.connection = connection;
        this.id = id;
        this.headers = headers;
        this.topic = headers.get().get("destination").startsWith("/topic/");
        this.handler = handler;
    }

    /** @return why nothing is delivered although there is a connection, or {@code null}; any thread */
    public GatepostException problem() {
        return problem;
    }

    /**
     * Ends it, after the acknowledgements that were decided before. What was handed over and not decided goes back to the queue.
     * Any thread.
     *
     * @param outcome called when the broker has confirmed it, or has lost the connection, which does as well
     */
    public void close(Outcome outcome) {
        boolean taken = connection.execute(() -> {
            closed = true;
            problem = null;
            if (session == null) {
                connection.forget(id);
                outcome.done(null);
                return;
            }
            connection.request(Request.forThisSession("UNSUBSCRIBE", Map.of("id", id), failure -> {
                connection.forget(id);
                outcome.done(null);
            }));
        });
        if (!taken) {
            outcome.done(null);
        }
    }

    String id() {
        return id;
    }

    /** There is a new session. */
    void connected(StompSession by) {
        if (closed || problem != null) {
            // what was refused is asked for by itself: a second refusal would end the session again
            return;
        }
        connection.request(Request.forThisSession("SUBSCRIBE", headers(), failure -> {
            if (failure == null) {
                session = by;
                problem = null;
            } else if (!connection.isLost(by)) {
                refused(failure);
            }
        }));
    }

    private Map<String, String> headers() {
        Map<String, String> all = new HashMap<>(headers.get());
        all.put("id", id);
        all.put("ack", "client-individual");
        return all;
    }

    void disconnected() {
        session = null;
        if (topic) {
            // a topic delivers nothing again
            deliveries.values().removeIf(delivery -> delivery.state() != Delivery.State.PROCESSING);
        }
    }

    void received(StompSession by, Frame frame) {
        if (closed) {
            return;
        }
        Map<String, String> received = frame.headers();
        String key = received.get("message-id") + " " + received.get("destination");
        Delivery known = deliveries.get(key);
        Delivery delivery = known == null ? new Delivery(this, key, received, frame.body()) : known;
        delivery.arrived(by, received.get("ack"));
        if (known == null) {
            deliveries.put(key, delivery);
            handler.accept(delivery);
        } else if (delivery.state() != Delivery.State.PROCESSING) {
            tell(delivery);
        }
    }

    void decided(Delivery delivery, Delivery.State state) {
        connection.execute(() -> {
            if (delivery.state() == Delivery.State.PROCESSING) {
                delivery.state(state);
                tell(delivery);
            }
        });
    }

    /** Refused at first, or any more: asks again in a while, over a session of its own. */
    private void refused(GatepostException failure) {
        problem = failure;
        connection.later(() -> {
            if (!closed) {
                connection.attempt(Request.forThisSession("SUBSCRIBE", forNothing(), this::asked));
            }
        });
    }

    /** For no message at all; a device takes no selector, and takes nothing away that it has not acknowledged. */
    private Map<String, String> forNothing() {
        Map<String, String> all = headers();
        if (!all.containsKey(DEVICE)) {
            all.merge("selector", "1=0", (own, none) -> "(" + own + ") AND " + none);
        }
        return all;
    }

    private void asked(GatepostException failure) {
        if (closed) {
            return;
        }
        if (failure == null) {
            problem = null;
            connection.subscribeAgain(this);
        } else {
            refused(failure instanceof GatepostUnavailableException ? problem : failure);
        }
    }

    private void tell(Delivery delivery) {
        if (!connection.isConnectedBy(session) || !delivery.arrivedBy(session)) {
            if (topic) {
                deliveries.remove(delivery.key());
            }
            forgetTheOldest();
            return;
        }
        String command = delivery.state() == Delivery.State.ACCEPTED ? "ACK" : "NACK";
        connection.request(Request.forThisSession(command, Map.of("id", delivery.acknowledgement()), failure -> {
            if (failure == null || topic) {
                deliveries.remove(delivery.key());
            }
        }));
    }

    private void forgetTheOldest() {
        if (deliveries.size() > MOST_UNCONFIRMED) {
            deliveries.values().stream()
                    .filter(delivery -> delivery.state() != Delivery.State.PROCESSING)
                    .findFirst()
                    .ifPresent(oldest -> deliveries.remove(oldest.key()));
        }
    }
}
