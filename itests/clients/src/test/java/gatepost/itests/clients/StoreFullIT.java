package gatepost.itests.clients;

import static gatepost.itests.harness.ClientFrame.send;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Queues;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A store that has reached {@code store.limit}, which is changed while the broker runs. */
class StoreFullIT {

    private static final String BROKER = "gatepost.broker.cfg";
    private static final String QUEUE = "/queue/full";
    private static final String MEBIBYTE = Body.text(1 << 20);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @AutoClose
    private static Gatepost gatepost;

    @BeforeAll
    static void start() {
        gatepost = Gatepost.unpack().start();
    }

    @Test
    void aFullStoreRefusesClearlyLosesNothingAndTakesMessagesAgainOnceItIsDrained() {
        gatepost.apply(BROKER, Map.of("store.limit", "" + (80 << 20)));
        List<String> safe = new ArrayList<>();
        ServerFrame refusal = fill(safe);
        assertEquals(
                "SEND to " + QUEUE + " was refused: the store is full; try again later", refusal.header("message"));
        assertTrue(
                safe.size() > 10 && safe.size() < 100, () -> safe.size() + " messages of a mebibyte in a store of 80");

        // another client, another queue: refused as well, and who only reads is served
        try (StompClient client = Queues.admin(gatepost)) {
            assertEquals("ERROR", client.request(send("/queue/other", "x")).command());
        }
        assertEquals(
                safe,
                Queues.take(gatepost, QUEUE, safe.size()).stream()
                        .map(StoreFullIT::name)
                        .toList());

        Awaitility.await("the store has room again").atMost(PATIENCE).until(this::takesAMessage);
    }

    @Test
    void aHigherLimitHelpsAtOnce() {
        gatepost.apply(BROKER, Map.of("store.limit", "" + (40 << 20)));
        List<String> safe = new ArrayList<>();
        fill(safe);

        gatepost.apply(BROKER, Map.of("store.limit", "" + (1 << 30)));

        assertTrue(takesAMessage());
        Queues.take(gatepost, QUEUE, safe.size());
    }

    /** @return the refusal that comes in the end */
    private static ServerFrame fill(List<String> safe) {
        try (StompClient client = Queues.admin(gatepost)) {
            while (true) {
                String name = "message " + safe.size();
                ServerFrame answer = client.request(send(QUEUE, name + "\n" + MEBIBYTE));
                if (!answer.command().equals("RECEIPT")) {
                    client.expectEnd();
                    return answer;
                }
                safe.add(name);
            }
        }
    }

    private boolean takesAMessage() {
        try (StompClient client = Queues.admin(gatepost)) {
            return client.request(send("/queue/other", "x")).command().equals("RECEIPT");
        }
    }

    private static String name(String text) {
        return text.substring(0, text.indexOf('\n'));
    }
}
