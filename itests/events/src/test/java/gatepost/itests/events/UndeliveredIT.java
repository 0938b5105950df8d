package gatepost.itests.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Gatepost;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages that nobody reads. */
@ExtendWith(Suite.class)
class UndeliveredIT {

    private static final String TYPE = "message.undelivered";

    private final Gatepost gatepost = Suite.gatepost();
    private final Receiver receiver = new Receiver();

    @AfterEach
    void remove() {
        Suite.remove(gatepost, "mailer");
        receiver.close();
    }

    @Test
    void aMessageThatWaitsIsToldOnceAndNotEarlyAndWhatIsDoneIsNot() {
        Suite.webhook(gatepost, "mailer", receiver, TYPE, Map.of("after", "3"));
        // the first look of a webhook that is new; what comes later is told
        Users.publish(gatepost, "u0", "first");
        receiver.await(TYPE, "u0");
        long before = System.currentTimeMillis();
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        Users.publish(gatepost, "u1", "waits", "gatepost-id:order-17", "traceparent:" + trace);
        Users.publish(gatepost, "u2", "done in time");
        Users.acknowledge(gatepost, "u2", 1);
        Call told = receiver.await(TYPE, "u1");
        assertTrue(told.at() - before >= 3000, "after " + (told.at() - before));
        assertTrue(told.at() - told.data("sent").asLong() >= 3000);
        assertEquals("order-17", told.data("id").asText());
        assertEquals(trace, told.data("traceparent").asText());
        Users.publish(gatepost, "u3", "later");
        receiver.await(TYPE, "u3");
        assertEquals(1, receiver.of("u1").size());
        assertEquals(List.of(), receiver.of("u2"));
        Signatures.verify(Suite.SECRET, receiver.calls());
    }

    @Test
    void aKillMakesNoneEarlyAndForgetsNone() {
        Suite.webhook(gatepost, "mailer", receiver, TYPE, Map.of("after", "20"));
        Users.publish(gatepost, "k0", "before");
        long before = System.currentTimeMillis();
        for (int i = 0; i < 20; i++) {
            Users.publish(gatepost, "k" + i % 5, "message " + i);
        }
        Users.acknowledge(gatepost, "k4", 4);
        gatepost.kill();
        gatepost.start();
        Users.publish(gatepost, "last", "after");
        Call last = receiver.await(TYPE, "last");
        assertTrue(last.at() - last.data("sent").asLong() >= 20_000);
        List<Call> all = receiver.calls().stream()
                .filter(call -> call.user().startsWith("k"))
                .toList();
        for (Call call : all) {
            assertTrue(call.at() - call.data("sent").asLong() >= 20_000, call::toString);
            assertTrue(call.at() - before >= 20_000, call::toString);
        }
        assertEquals(List.of(), receiver.of("k4"));
        // the very first may have come before the webhook had looked for the first time
        long told = all.stream()
                .filter(call -> !call.user().equals("k0"))
                .map(Call::id)
                .distinct()
                .count();
        assertEquals(12, told);
    }
}
