package gatepost.itests.harness;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import gatepost.itests.harness.library.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What stands in queues, taken out by those who take it away. */
public final class Queues {

    private static final String LAST = "the last one";
    private static final String OF_A_USER = "/queue/user.";

    private Queues() {}

    /** @return a client that is signed in as the administrator {@code system} */
    public static StompClient admin(Gatepost gatepost) {
        StompClient client = Transport.TCP.client(gatepost);
        client.connect("system", "manager");
        return client;
    }

    /**
     * Waits until nobody else reads a queue, since a page that was closed may still be given what is sent after it, and empties it: as
     * the administrator, or the inbox of a user as that user, whose name has to be the password, too.
     *
     * @return the bodies of all that waited in it, in their order
     */
    public static List<String> drain(Gatepost gatepost, String queue) {
        await("nobody reads " + queue).atMost(Duration.ofSeconds(20)).until(() -> readers(gatepost, queue) == 0);
        try (StompClient admin = admin(gatepost);
                StompClient owner = owner(gatepost, queue)) {
            admin.done(ClientFrame.send(queue, LAST));
            owner.done(ClientFrame.subscribe("drain", queue, "ack:client-individual"));
            List<String> texts = new ArrayList<>();
            for (String text = take(owner); !text.equals(LAST); text = take(owner)) {
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

    private static StompClient owner(Gatepost gatepost, String queue) {
        if (!queue.startsWith(OF_A_USER)) {
            return admin(gatepost);
        }
        String name = queue.substring(OF_A_USER.length());
        StompClient client = Transport.TCP.client(gatepost);
        client.connect(name, name);
        return client;
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
