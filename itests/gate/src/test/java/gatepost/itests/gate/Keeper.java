package gatepost.itests.gate;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;

/**
 * Somebody who may do everything, and so can tell what a client that was let in or refused has done. What waits in a user's inbox is
 * shown to them and stays there: each message counts when it is shown for the first time. For one thread.
 */
final class Keeper implements AutoCloseable {

    private final StompClient client;
    private final Set<String> seen;
    private final Map<String, Watch> watches = new HashMap<>();
    private int lastSubscription;
    private boolean broken;

    /** @param seen what was shown to keepers before this one, to which it adds */
    Keeper(Gatepost gatepost, Set<String> seen) {
        this.seen = seen;
        client = Transport.TCP.client(gatepost);
        client.connect(Account.KEEPER.login(), Account.KEEPER.passcode());
    }

    /** Sends a message and waits until it is there. */
    void put(String destination, String body) {
        done(ClientFrame.send(destination, body));
    }

    /** @return all that is in a queue and was not shown to a keeper before; unless it is an inbox, it is empty afterwards */
    List<String> takeAll(String queue) {
        try (Watch watch = watch(queue)) {
            return watch.all();
        }
    }

    /** Subscribes to a destination until the watch is closed. */
    Watch watch(String destination) {
        return new Watch(destination);
    }

    @Override
    public void close() {
        broken = true;
        client.close();
    }

    /** @return whether it was refused something, lost its connection or is closed, and so is of no further use */
    boolean broken() {
        return broken;
    }

    private void done(ClientFrame frame) {
        broken = true;
        client.done(frame);
        broken = false;
    }

    private ServerFrame messageFrame() {
        broken = true;
        ServerFrame message = client.expect("MESSAGE");
        while (!seen.add(message.header("destination") + " " + message.header("message-id"))) {
            message = client.expect("MESSAGE");
        }
        broken = false;
        return message;
    }

    /** A subscription to one destination. */
    final class Watch implements AutoCloseable {

        private final String destination;
        private final String id = "w" + ++lastSubscription;

        private final List<String> came = new ArrayList<>();

        private Watch(String destination) {
            this.destination = destination;
            watches.put(id, this);
            done(ClientFrame.subscribe(id, destination));
        }

        String destination() {
            return destination;
        }

        /** Waits for a message that is on its way; what has come by then is forgotten. */
        void await(String body) {
            Awaitility.await("\"" + body + "\" comes to " + destination)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> all().contains(body));
        }

        /** @return the bodies of what has come up to now, in its order */
        List<String> all() {
            String last = "the last one " + Suite.name();
            put(destination, last);
            while (!came.contains(last)) {
                ServerFrame message = messageFrame();
                Watch receiver = watches.get(message.header("subscription"));
                // what was on its way to a watch that was closed since is nobody's
                if (receiver != null) {
                    receiver.came.add(message.text());
                }
            }
            List<String> bodies = List.copyOf(came.subList(0, came.indexOf(last)));
            came.clear();
            return bodies;
        }

        @Override
        public void close() {
            watches.remove(id);
            done(ClientFrame.of("UNSUBSCRIBE", "id:" + id));
        }
    }
}
