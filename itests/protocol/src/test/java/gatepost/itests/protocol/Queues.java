package gatepost.itests.protocol;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.ArrayList;
import java.util.List;

/** Queues with known content. */
final class Queues {

    private Queues() {}

    /** @return the destination of a fresh queue with these messages */
    static String holding(StompClient client, String... bodies) {
        String queue = "/queue/" + Suite.name();
        for (String body : bodies) {
            client.done(ClientFrame.send(queue, body));
        }
        return queue;
    }

    /** Ends the client's subscription {@code s}, and returns what is in the queue then. */
    static List<String> left(StompClient client, String queue) {
        return left(client, queue, "s");
    }

    /** Ends the client's subscription, and returns what is in the queue then. */
    static List<String> left(StompClient client, String queue, String subscription) {
        client.done(ClientFrame.of("UNSUBSCRIBE", "id:" + subscription));
        return content(queue);
    }

    /**
     * Waits for messages that somebody's end gives back, which takes a moment.
     *
     * @param count how many have to come, and no more
     * @return their bodies, sorted, for whoever subscribes at that moment may get them in any order; the queue is empty afterwards
     */
    static List<String> givenBack(String queue, int count) {
        try (StompClient other = Transport.TCP.client(Suite.gatepost())) {
            other.connect("system", "manager");
            other.send(ClientFrame.subscribe("s", queue));
            List<String> bodies = new ArrayList<>();
            while (bodies.size() < count) {
                bodies.add(other.expect("MESSAGE").text());
            }
            other.send(ClientFrame.send(queue, "the last one"));
            String next = other.expect("MESSAGE").text();
            if (!next.equals("the last one")) {
                throw new AssertionError("expected no more than " + bodies + ", got " + next);
            }
            bodies.sort(null);
            return bodies;
        }
    }

    /** @return the bodies of what is in the queue, which is empty afterwards */
    static List<String> content(String queue) {
        try (StompClient other = Transport.TCP.client(Suite.gatepost())) {
            other.connect("system", "manager");
            other.done(ClientFrame.send(queue, "the last one"));
            other.send(ClientFrame.subscribe("s", queue));
            List<String> bodies = new ArrayList<>();
            for (ServerFrame next = other.expect("MESSAGE");
                    !next.text().equals("the last one");
                    next = other.expect("MESSAGE")) {
                bodies.add(next.text());
            }
            return bodies;
        }
    }
}
