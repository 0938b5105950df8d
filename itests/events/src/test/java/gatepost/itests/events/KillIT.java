package gatepost.itests.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Gatepost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A receiver at its worst, and Gatepost killed in between. */
@ExtendWith(Suite.class)
class KillIT {

    private static final int USERS = 8;
    private static final int ROUNDS = 5;
    private static final int MESSAGES = 4;

    private final Gatepost gatepost = Suite.gatepost();
    private final Receiver receiver = new Receiver();
    private final Random random = new Random(1);

    @AfterEach
    void remove() {
        Suite.remove(gatepost, "app");
        receiver.close();
    }

    private synchronized int halfAndSlow(Call call) {
        try {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(200));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return random.nextBoolean() ? 204 : 503;
    }

    @Test
    void everyEventIsToldAtLeastOnceInOrderForEachUserUnderOneId() {
        Suite.webhook(gatepost, "app", receiver, "message.done, session.closed", Map.of("connections", "8"));
        for (int round = 0; round < ROUNDS; round++) {
            if (round % 2 == 1) {
                receiver.down();
            }
            receiver.answers(this::halfAndSlow);
            for (int user = 0; user < USERS; user++) {
                for (int i = 0; i < MESSAGES; i++) {
                    Users.publish(gatepost, name(user), "message", "gatepost-id:m" + (round * MESSAGES + i));
                }
                Users.acknowledge(gatepost, name(user), MESSAGES);
            }
            gatepost.kill();
            gatepost.start();
            if (round % 2 == 1) {
                receiver.up();
            }
        }
        receiver.answers(call -> 204);
        Awaitility.await("nothing is pending")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    gatepost.shell("gatepost:webhook-send app");
                    return gatepost.shell("gatepost:webhook-list --json").contains("\"pending\" : 0,");
                });
        List<String> all = new ArrayList<>();
        for (int i = 0; i < ROUNDS * MESSAGES; i++) {
            all.add("m" + i);
        }
        Map<String, String> ids = new HashMap<>();
        for (int user = 0; user < USERS; user++) {
            Set<String> told = new LinkedHashSet<>();
            for (Call call : receiver.taken(name(user))) {
                if (call.type().equals("message.done")) {
                    told.add(call.data("id").asText());
                }
            }
            assertEquals(all, List.copyOf(told), "of " + name(user));
        }
        for (Call call : receiver.calls()) {
            String before = ids.put(call.body(), call.id());
            assertTrue(before == null || before.equals(call.id()), call::toString);
        }
        assertEquals(
                receiver.calls().stream().map(Call::body).distinct().count(),
                receiver.calls().stream().map(Call::id).distinct().count());
        Signatures.verify(Suite.SECRET, receiver.calls());
    }

    private static String name(int user) {
        return "kill" + user;
    }
}
