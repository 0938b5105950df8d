package gatepost.itests.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatepost.itests.harness.Gatepost;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What was answered is there after {@code kill -9}, and what was not may be sent again. */
@ExtendWith(Suite.class)
class CrashIT {

    private static final int MESSAGES = 200;
    private static final int THREADS = 8;
    /** Answers before the kill. */
    private static final int BEFORE = 60;

    private final Gatepost gatepost = Suite.gatepost();
    private final List<String> users =
            IntStream.range(0, 5).mapToObj(i -> Suite.user()).toList();

    /** What was answered with 200 before the kill, with its offset. */
    private final Map<Integer, Long> answered = new ConcurrentHashMap<>();

    @Test
    void eachMessageIsThereOnceHoweverOftenItWasSent() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> sending = IntStream.range(0, MESSAGES)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> publish(i)))
                    .toList();
            Awaitility.await("some are answered").until(() -> answered.size() >= BEFORE);
            gatepost.kill();
            for (Future<?> each : sending) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertTrue(answered.size() < MESSAGES, "the kill came too late");
        gatepost.start();

        Map<String, Long> there = there();
        answered.forEach((i, offset) -> assertEquals(offset, there.get("m" + i), () -> "m" + i + " was answered"));

        for (int i = 0; i < MESSAGES; i++) {
            long offset = offset(send(i).expect(200));
            assertEquals(there.getOrDefault("m" + i, offset), offset, "m" + i + " has another offset");
        }
        assertEquals(MESSAGES, there().size());
    }

    private void publish(int i) {
        try {
            Answer answer = send(i);
            if (answer.status() == 200) {
                answered.put(i, offset(answer));
            }
        } catch (AssertionError e) {
            // no answer: nothing is known of it
        }
    }

    private Answer send(int i) {
        return Caller.PUBLISHER.post(
                "messages", "{'to':{'users':['%s']},'body':'m%d','id':'id%d'}".formatted(users.get(i % 5), i, i));
    }

    private static long offset(Answer answer) {
        return answer.json().at("/results/0/offset").asLong();
    }

    /** @return the offset of each message; none is there twice */
    private Map<String, Long> there() {
        Map<String, Long> all = new HashMap<>();
        for (String user : users) {
            List<String> bodies = new ArrayList<>();
            JsonNode messages = Caller.user(user)
                    .get("users/" + user + "/messages?limit=200")
                    .expect(200)
                    .json()
                    .get("messages");
            for (JsonNode message : messages) {
                bodies.add(message.get("body").asText());
                all.put(message.get("body").asText(), message.get("offset").asLong());
            }
            Set<String> distinct = new HashSet<>(bodies);
            assertEquals(distinct.size(), bodies.size(), () -> "twice in the inbox of " + user + ": " + bodies);
        }
        return all;
    }
}
