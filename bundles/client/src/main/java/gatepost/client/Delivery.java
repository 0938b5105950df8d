package gatepost.client;

import java.util.Map;

/**
 * A message that was delivered to a subscription, until the broker has confirmed what became of it. When the connection breaks in
 * the meantime the broker delivers it again: the second copy is then only another way to acknowledge this one.
 */
public final class Delivery {

    /** What the route has made of it. */
    enum State {
        PROCESSING,
        ACCEPTED,
        REJECTED
    }

    private final Subscription subscription;
    private final String key;
    private final Map<String, String> headers;
    private final byte[] body;
    private State state = State.PROCESSING;
    private StompSession session;
    private String acknowledgement;

    Delivery(Subscription subscription, String key, Map<String, String> headers, byte[] body) {
        this.subscription = subscription;
        this.key = key;
        this.headers = headers;
        this.body = body;
    }

    /** @return the frame's headers */
    public Map<String, String> headers() {
        return headers;
    }

    /** @return the frame's body */
    public byte[] body() {
        return body.clone();
    }

    /** The route succeeded: the message is acknowledged. Any thread; at most one of this and {@link #reject} counts. */
    public void accept() {
        subscription.decided(this, State.ACCEPTED);
    }

    /** The route has given up: the message goes to the dead letter queue. Any thread. */
    public void reject() {
        subscription.decided(this, State.REJECTED);
    }

    String key() {
        return key;
    }

    State state() {
        return state;
    }

    void state(State decided) {
        state = decided;
    }

    /** It came, or came again, over this session. */
    void arrived(StompSession by, String acknowledgeAs) {
        session = by;
        acknowledgement = acknowledgeAs;
    }

    boolean arrivedBy(StompSession other) {
        return session == other;
    }

    String acknowledgement() {
        return acknowledgement;
    }
}
