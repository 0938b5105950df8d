package gatepost.itests.harness;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import gatepost.itests.harness.library.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What stands in queues, taken out as an administrator. */
public final class Queues {

    private static final String LAST = "the last one";

    private Queues() {}

    /** @return a client that is signed in as the administrator {@code system} */
    public static StompClient admin(Gatepost gatepost) {
        StompClient client = Transport.TCP.client(gatepost);
        client.connect("system", "manager");
        return client;
    }

    /**
     * Waits until nobody else reads a queue, since a page that was closed may still be given what is sent after it, and empties it.
     *
     * @return the bodies of all that waited in it, in their order
     */
    public static List<String> drain(Gatepost gatepost, String queue) {
        await("nobody reads " + queue).atMost(Duration.ofSeconds(20)).until(() -> readers(gatepost, queue) == 0);
        try (StompClient client = admin(gatepost)) {
            client.done(ClientFrame.send(queue, LAST));
            client.done(ClientFrame.subscribe("drain", queue, "ack:client-individual"));
            List<String> texts = new ArrayList<>();
            for (String text = take(client); !text.equals(LAST); text = take(client)) {
                texts.add(text);
            }
            return texts;
        }
    }

    /** @return the bodies of the first messages of a queue, which are gone from it after that */
    public static List<String> take(Gatepost gatepost, String queue, int count) {
        try (StompClient client = admin(gatepost)) {
            client.done(ClientFrame.subscribe("take", queue, "ack:client-individual"));
            return IntStream.range(0, count).mapToObj(n -> take(client)).toList();
        }
    }

    private static int readers(Gatepost gatepost, String queue) {
        String list = gatepost.shell("gatepost:queue-list --json " + queue.substring("/queue/".length()));
        JsonNode known = Json.read(list);
        return known.isEmpty() ? 0 : known.get(0).get("consumers").asInt();
    }

    private static String take(StompClient client) {
        ServerFrame message = client.expect("MESSAGE");
        client.done(ClientFrame.of("ACK", "id:" + message.header("ack")));
        return message.text();
    }
}
