package gatepost.itests.inbox;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import gatepost.itests.harness.library.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Why did the user not get it? */
@ExtendWith(Suite.class)
class TraceIT {

    private final Owner owner = Owner.next();

    @Test
    void itSaysWhereAMessageWentAndWhyItWaits() {
        owner.publish("1", "gatepost-id:order-1");
        awaitWaits(0, "nobody reads it");
        assertEquals("order-1", message(0).get("id").asText());

        try (Tab administrator = owner.administrator("ack:client-individual")) {
            administrator.acknowledge(administrator.next());
            awaitWaits(0, owner.name() + " does not read it");
        }

        try (Tab phone = owner.tab("ack:client-individual", "gatepost-device:phone", "activemq.prefetchSize:1")) {
            owner.publish("2");
            awaitWaits(0, "not acknowledged");
            awaitWaits(1, "its readers take no more: 1 not acknowledged");
            JsonNode first = message(0);
            assertEquals("phone", first.get("device").asText());
            JsonNode reads = json("gatepost:inbox-show --json " + owner.name())
                    .get("subscriptions")
                    .get(0);
            assertEquals(reads.get("session"), first.get("session"));
            assertEquals(reads.get("address"), first.get("address"));
            assertFalse(first.get("address").asText().isEmpty());

            phone.acknowledge(phone.next());
            awaitWaits(0, "");
            awaitWaits(1, "not acknowledged");
        }
        awaitWaits(1, "nobody reads it");
        assertEquals("phone", message(1).get("device").asText(), "where it was is remembered");
    }

    private void awaitWaits(int message, String reason) {
        await().until(() -> message(message).get("waits").asText(""), reason::equals);
    }

    private JsonNode message(int number) {
        return json("gatepost:message-trace --json " + owner.name()).get(number);
    }

    private static JsonNode json(String command) {
        return Json.read(Suite.gatepost().shell(command));
    }
}
