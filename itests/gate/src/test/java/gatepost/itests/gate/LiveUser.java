package gatepost.itests.gate;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A user who reads their own queue on a thread of their own, until the message {@link #LAST} comes or the session is cut. What
 * has come may be asked for once the thread has ended.
 */
final class LiveUser implements AutoCloseable {

    static final String LAST = "the last one";
    /** Longer than any test lasts: somebody may get no message for a long time. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final String name;
    private final StompClient client;
    private final Thread reader;
    private final List<String> bodies = new ArrayList<>();
    private String error;
    private Instant cut;
    private Throwable failure;

    private LiveUser(String name, StompClient client) {
        this.name = name;
        this.client = client;
        this.reader = new Thread(this::read, name);
        reader.setDaemon(true);
    }

    /** Signs in with a token, subscribes, and reads from then on. */
    static LiveUser come(String name, Transport transport, int port, String token) {
        LiveUser user = new LiveUser(name, transport.client(port));
        user.client.connect(name, token);
        user.client.done(ClientFrame.subscribe("s", queue(name)));
        user.reader.start();
        return user;
    }

    static String queue(String name) {
        return "/queue/user." + name;
    }

    String name() {
        return name;
    }

    /** @return whether the session is as it was */
    boolean isLive() {
        return reader.isAlive();
    }

    /** Waits for the last message or the end of the session; everything is known then. */
    void join() {
        try {
            reader.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (reader.isAlive()) {
            throw new AssertionError(
                    name + " waits for something that does not come, after " + bodies.size() + " messages");
        }
        if (failure != null) {
            throw new AssertionError(name + " after " + bodies.size() + " messages", failure);
        }
    }

    /** @return the bodies of all messages but the last one */
    List<String> bodies() {
        return bodies;
    }

    /** @return the message of the ERROR frame, or {@code null} */
    String error() {
        return error;
    }

    /** @return when the ERROR frame was there */
    Instant cut() {
        return cut;
    }

    @Override
    public void close() {
        client.close();
    }

    private void read() {
        try {
            while (true) {
                ServerFrame frame = client.frame(PATIENCE);
                if (frame.command().equals("ERROR")) {
                    cut = Instant.now();
                    error = frame.text();
                    client.expectEnd();
                    return;
                }
                if (frame.text().equals(LAST)) {
                    return;
                }
                bodies.add(frame.text());
            }
        } catch (AssertionError | RuntimeException e) {
            failure = e;
        }
    }
}
