package gatepost.itests.gate;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tries without a pause to sign in with a wrong password and, as alice, to read bob's queue; notes every time that it works. */
final class Intruder {

    /** What came of an attempt. */
    static final String OUT = "out";

    static final String IN = "in";

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<String> successes = new ArrayList<>();
    private final Thread thread;
    private int attempts;

    /** Begins at once. */
    Intruder(Gatepost gatepost, Transport transport) {
        int port = transport.port(gatepost);
        thread = new Thread(
                () -> {
                    while (!stopped.get()) {
                        attempts++;
                        note("the wrong password", attempt(transport, port, "alice", "wrong", null));
                        note("another's queue", attempt(transport, port, "alice", "alice", "/queue/user.bob"));
                    }
                },
                "intruder over " + transport);
        // a test that fails on its way does not wait for it
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends it, and says what it has managed. */
    void stop() throws InterruptedException {
        stopped.set(true);
        thread.join();
        if (attempts == 0 || !successes.isEmpty()) {
            throw new AssertionError(thread.getName() + ": " + attempts + " attempts, of which succeeded " + successes);
        }
    }

    /**
     * Signs in and subscribes.
     *
     * @param destination {@code null} for signing in only
     * @return {@link #IN} if all of it was confirmed
     */
    static String attempt(Transport transport, int port, String login, String passcode, String destination) {
        try (StompClient client = transport.client(port)) {
            client.send(ClientFrame.of(
                    "CONNECT", "accept-version:1.2", "host:localhost", "login:" + login, "passcode:" + passcode));
            ServerFrame answer = client.frame();
            if (answer.command().equals("CONNECTED") && destination != null) {
                answer = client.request(ClientFrame.subscribe("s", destination));
            }
            return answer.command().equals("ERROR") ? OUT : IN;
        } catch (UncheckedIOException | AssertionError e) {
            // no connector there, or the end came instead of an answer
            return OUT;
        }
    }

    private void note(String what, String outcome) {
        if (outcome.equals(IN)) {
            successes.add(what);
        }
    }
}
