package gatepost.itests.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Bystander;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Queues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whatever comes as a request has an answer or an end, and harms nobody. How many: {@code -Dapi.requests=100000}; which:
 * {@code -Dapi.seed=7}.
 */
@ExtendWith(Suite.class)
class RandomIT {

    private static final int CONNECTIONS = 4;
    private static final int REQUESTS = Integer.getInteger("api.requests", 5_000);
    private static final long SEED = Long.getLong("api.seed", System.nanoTime());

    private final Gatepost gatepost = Suite.gatepost();

    @Test
    void whateverComesHasAnAnswerOrAnEnd() throws Exception {
        Queues.drain(gatepost, "/queue/user.bob");
        int before = gatepost.log().length();
        long begin = System.nanoTime();
        Map<Integer, Integer> statuses = new TreeMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        try (Bystander bystander = Bystander.watch(gatepost)) {
            bystander.forget();
            List<Future<Map<Integer, Integer>>> playing = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                long seed = SEED + i;
                playing.add(threads.submit(() -> play(seed)));
            }
            for (Future<Map<Integer, Integer>> each : playing) {
                each.get().forEach((status, count) -> statuses.merge(status, count, Integer::sum));
            }
            bystander.assertUnharmed();
        } finally {
            threads.shutdownNow();
        }
        System.out.printf(
                "%d requests, seed %d, %d ms: %s%n",
                REQUESTS, SEED, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin), statuses);
        assertEquals(0, statuses.getOrDefault(500, 0), "seed " + SEED + ": " + statuses);
        assertTrue(statuses.containsKey(200) && statuses.containsKey(422), "nothing was taken: " + statuses);
        String log = gatepost.log().substring(before);
        assertFalse(
                log.lines().anyMatch(line -> line.startsWith("\tat ") || line.contains(" ERROR ")),
                () -> "seed " + SEED + ": "
                        + log.lines().filter(line -> line.contains("ERROR")).findFirst());
    }

    /** @return how often which status came, 0 for an end */
    private static Map<Integer, Integer> play(long seed) {
        Random random = new Random(seed);
        Map<Integer, Integer> statuses = new TreeMap<>();
        RawHttp connection = new RawHttp();
        try {
            for (int i = 0; i < REQUESTS / CONNECTIONS; i++) {
                RandomRequest request = new RandomRequest(random);
                int status = exchange(connection, request, seed + ", request " + i);
                statuses.merge(status, 1, Integer::sum);
                if (status <= 0) {
                    connection.close();
                    connection = new RawHttp();
                }
            }
        } finally {
            connection.close();
        }
        return statuses;
    }

    /** @return the status of an answer after which another may come; negative for the last, 0 for an end */
    private static int exchange(RawHttp connection, RandomRequest request, String place) {
        try {
            connection.send(request.bytes());
            if (request.endsEarly()) {
                connection.sendEnd();
                connection.drain();
                return 0;
            }
            RawHttp.Reply reply = connection.next(!request.isHead());
            while (reply != null && reply.status() == 100) {
                reply = connection.next(!request.isHead());
            }
            if (reply == null) {
                return 0;
            }
            if (reply.body().contains("\tat ") || reply.body().contains("Exception")) {
                throw new AssertionError("a stack trace: " + reply + " to seed " + place + ": " + request);
            }
            return reply.isLast() ? -reply.status() : reply.status();
        } catch (SocketTimeoutException e) {
            throw new AssertionError("no answer and no end to seed " + place + ": " + request, e);
        } catch (IOException | UncheckedIOException e) {
            // the server has ended it, perhaps while it was sent
            return 0;
        }
    }
}
