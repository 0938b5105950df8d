package gatepost.itests.gate;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sends each of its users one numbered message after another, on a thread of its own, and remembers which were confirmed. */
final class Publisher implements AutoCloseable {

    private final List<String> users;
    private final StompClient client;
    private final Map<String, List<String>> confirmed = new TreeMap<>();
    private final Thread thread = new Thread(this::publish, "publisher");
    private volatile boolean stopped;
    private Throwable failure;

    Publisher(List<String> users, Transport transport, int port) {
        this.users = users;
        this.client = transport.client(port);
        users.forEach(user -> confirmed.put(user, new ArrayList<>()));
        client.connect("system", "manager");
        thread.setDaemon(true);
        thread.start();
    }

    /** Stops after one more message to each user, {@link LiveUser#LAST}; returns what was confirmed before it. */
    Map<String, List<String>> stop() throws InterruptedException {
        stopped = true;
        thread.join();
        if (failure != null) {
            throw new AssertionError("a publisher failed", failure);
        }
        return confirmed;
    }

    @Override
    public void close() {
        stopped = true;
        client.close();
    }

    private void publish() {
        try {
            for (int number = 0; !stopped; number++) {
                for (String user : users) {
                    client.done(ClientFrame.send(LiveUser.queue(user), "" + number));
                    confirmed.get(user).add("" + number);
                }
            }
            users.forEach(user -> client.done(ClientFrame.send(LiveUser.queue(user), LiveUser.LAST)));
        } catch (AssertionError | RuntimeException e) {
            failure = e;
        }
    }
}
