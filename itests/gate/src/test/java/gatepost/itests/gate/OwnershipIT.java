package gatepost.itests.gate;

import static gatepost.itests.gate.Client.DONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Queues;
import gatepost.itests.harness.Transport;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What belongs to one connection or one client id: temporary destinations and durable subscriptions. */
@ExtendWith(Suite.class)
class OwnershipIT {

    private static final Map<String, String> NONE = Map.of();

    @ParameterizedTest
    @EnumSource
    void everybodyInTheGroupMayAnswerAndOnlyTheAskerReads(Transport transport) {
        try (Request request = new Request(transport)) {
            String replyTo = request.replyTo;
            for (String spy : List.of("bob", "alice", "system")) {
                try (RawClient other = client(transport, spy)) {
                    assertRefused(other, other.subscribe(replyTo, NONE), "Denied: read " + qualified(replyTo));
                }
            }
            try (RawClient other = client(transport, "guest")) {
                assertRefused(other, other.send(replyTo, "from guest", NONE), "Denied: write " + qualified(replyTo));
            }
            try (RawClient bob = client(transport, "bob")) {
                assertEquals(DONE, bob.send(replyTo, "from bob", NONE));
            }
            assertEquals("from bob", request.asking.message());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherConnectionsTemporaryQueueIsNotReadInADisguise(Transport transport) {
        try (Request request = new Request(transport)) {
            String replyTo = request.replyTo;
            for (String disguise : List.of(
                    replyTo + "?consumer.exclusive=true",
                    "/queue/user.bob," + replyTo,
                    replyTo + ",/queue/user.bob",
                    "/temp-queue/mine," + replyTo,
                    "/remote-temp-queue/>",
                    replyTo.replaceAll("[^:]*$", "*"),
                    replyTo.replaceAll("[^:]*$", "99"),
                    "/remote-temp-queue/made.up",
                    replyTo.replace("queue", "topic"))) {
                try (RawClient bob = client(transport, "bob")) {
                    String message = bob.subscribe(disguise, NONE);
                    assertTrue(message.startsWith("Denied: "), () -> disguise + ": " + message);
                    bob.expectEnd();
                }
            }
            Suite.keeper().put(replyTo, "still hers");
            assertEquals("still hers", request.asking.message());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerToATemporaryQueueIsNoWayIntoAQueue(Transport transport) {
        try (Request request = new Request(transport);
                Keeper.Watch victim = Suite.keeper().watch("/queue/user.alice")) {
            victim.all();
            for (String destination : List.of(
                    request.replyTo + ",/queue/user.alice",
                    "/queue/user.alice," + request.replyTo,
                    request.replyTo + ",queue://user.alice")) {
                try (RawClient bob = client(transport, "bob")) {
                    String message = bob.send(destination, "forged", NONE);
                    assertTrue(message.startsWith("Denied: write "), () -> destination + ": " + message);
                    bob.expectEnd();
                }
            }
            assertEquals(List.of(), victim.all());
        }
        // what the keeper has put there to tell where it ends
        Queues.drain(Suite.gatepost(), "/queue/user.alice");
    }

    @ParameterizedTest
    @EnumSource
    void aDurableSubscriptionIsItsClientIds(Transport transport) {
        String topic = "/topic/chat." + Suite.name();
        String id = Suite.name();
        Map<String, String> durable = Map.of("activemq.subscriptionName", "news");
        try (RawClient alice = client(transport, "alice", "client-id:" + id)) {
            assertEquals(DONE, alice.subscribe(topic, durable));
        }
        Suite.keeper().put(topic, "while she was away");
        for (String disguise : List.of(id, "alice/" + id, "../alice/" + id, "alice%2F" + id, "bob/../alice/" + id)) {
            try (RawClient bob = client(transport, "bob", "client-id:" + disguise)) {
                assertNotEquals(DONE, bob.forget("news"), disguise);
            }
            try (RawClient bob = client(transport, "bob", "client-id:" + disguise)) {
                assertEquals(DONE, bob.subscribe(topic, durable));
                Suite.keeper().put(topic, "to both");
                assertEquals("to both", bob.message(), disguise);
                bob.unsubscribe();
                assertEquals(DONE, bob.forget("news"));
            }
        }
        try (RawClient alice = client(transport, "alice", "client-id:" + id)) {
            assertEquals(DONE, alice.subscribe(topic, durable));
            assertEquals("while she was away", alice.message());
            alice.unsubscribe();
            assertEquals(DONE, alice.forget("news"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDurableSubscriptionNeedsReadOfItsTopic(Transport transport) {
        try (RawClient alice = client(transport, "alice", "client-id:" + Suite.name())) {
            assertRefused(
                    alice,
                    alice.subscribe("/topic/other", Map.of("activemq.subscriptionName", "news")),
                    "Denied: read topic://other");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientIdInUseIsNotTakenOver(Transport transport) {
        String id = "client-id:" + Suite.name();
        try (RawClient alice = client(transport, "alice", id);
                RawClient bob = client(transport, "bob", id)) {
            assertEquals(DONE, bob.subscribe("/queue/user.bob", NONE));
            assertEquals(DONE, alice.subscribe("/queue/user.alice", NONE));
            Suite.keeper().put("/queue/user.alice", "still hers");
            assertEquals("still hers", alice.message());
        }
    }

    private static void assertRefused(RawClient client, String message, String expected) {
        assertEquals(expected, message);
        client.expectEnd();
        assertFalse(message.contains("alice"), "it does not say whose it is");
    }

    private static RawClient client(Transport transport, String user, String... headers) {
        return new RawClient(transport.client(Suite.gatepost()), Suite.account(user), headers);
    }

    /** As a client of another connection names it, and as the broker does. */
    private static String qualified(String remote) {
        return remote.replace("/remote-temp-queue/", "temp-queue://");
    }

    /** Alice has asked the application for something, and waits for the answer at a temporary queue. */
    private static final class Request implements AutoCloseable {

        private final RawClient asking;
        private final String replyTo;

        Request(Transport transport) {
            asking = client(transport, "alice");
            assertEquals(DONE, asking.subscribe("/temp-queue/mine", NONE));
            try (RawClient application = client(transport, "system")) {
                assertEquals(DONE, application.subscribe("/queue/app.inbox", NONE));
                assertEquals(
                        DONE, asking.send("/queue/app.inbox", "a question", Map.of("reply-to", "/temp-queue/mine")));
                replyTo = application.messageFrame().header("reply-to");
            }
            assertTrue(replyTo.startsWith("/remote-temp-queue/"), replyTo);
        }

        @Override
        public void close() {
            asking.close();
        }
    }
}
