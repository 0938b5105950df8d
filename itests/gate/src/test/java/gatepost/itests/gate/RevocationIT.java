package gatepost.itests.gate;

import static gatepost.itests.gate.Client.DONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A session whose rights change while it lives. */
@ExtendWith(Suite.class)
class RevocationIT {

    private static final String ROOM = "/topic/desk.room";
    private static final String DESK = "entry.desk";
    private static final String OPEN = "topic://desk.> read=users write=users admin=users";
    private static final String TEMPORARY = "read=users,admins write=users,admins admin=users,admins";

    @BeforeEach
    void open() {
        map(Map.of(DESK, OPEN));
    }

    @AfterEach
    void closeAgain() {
        Map<String, String> shipped = new HashMap<>();
        shipped.put(DESK, null);
        shipped.put("temporary", TEMPORARY);
        map(shipped);
    }

    @ParameterizedTest
    @EnumSource
    void oneSubscriptionOfTwoIsRevokedAndTheSessionEnds(Transport transport) {
        try (RawClient alice = client(transport, "alice");
                RawClient bob = client(transport, "bob")) {
            assertEquals(DONE, alice.subscribe("/queue/user.alice", Map.of()));
            assertEquals(DONE, alice.subscribe(ROOM, Map.of()));
            assertEquals(DONE, bob.subscribe("/queue/user.bob", Map.of()));

            map(Map.of(DESK, "topic://desk.> write=users admin=users"));

            assertEquals("Denied: read topic://desk.room", alice.error());
            alice.expectEnd();
            Suite.keeper().put("/queue/user.bob", "he notices nothing");
            assertEquals("he notices nothing", bob.message());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCutSessionRollsBackItsTransaction(Transport transport) {
        try (StompClient alice = transport.client(Suite.gatepost());
                Keeper.Watch inbox = Suite.keeper().watch("/queue/app.inbox")) {
            alice.connect("alice", "alice");
            alice.done(ClientFrame.subscribe("s", ROOM));
            alice.done(ClientFrame.of("BEGIN", "transaction:t"));
            alice.done(ClientFrame.send("/queue/app.inbox", "half of it", "transaction:t"));

            map(Map.of(DESK, "topic://desk.> admin=users"));

            assertEquals("Denied: read topic://desk.room", alice.expect("ERROR").text());
            alice.expectEnd();
            assertEquals(List.of(), inbox.all());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWaitsForACutSessionGoesBackToItsQueue(Transport transport) {
        map(Map.of(DESK, "queue://desk.> read=users admin=users"));
        String queue = "/queue/desk." + Suite.name();
        try (RawClient alice = client(transport, "alice")) {
            assertEquals(DONE, alice.subscribe(queue, Map.of("ack", "client-individual")));
            Suite.keeper().put(queue, "1");
            Suite.keeper().put(queue, "2");
            assertEquals("1", alice.message());
            assertEquals("2", alice.message());

            map(Map.of(DESK, "queue://desk.> admin=users"));

            alice.error();
            alice.expectEnd();
        }
        assertEquals(List.of("1", "2"), Suite.keeper().takeAll(queue));
    }

    @ParameterizedTest
    @EnumSource
    void whoMayWriteNoLongerIsToldAtTheNextSend(Transport transport) {
        try (RawClient alice = client(transport, "alice")) {
            assertEquals(DONE, alice.subscribe("/queue/user.alice", Map.of()));
            assertEquals(DONE, alice.send(ROOM, "before", Map.of()));

            map(Map.of(DESK, "topic://desk.> read=users admin=users"));

            Suite.keeper().put("/queue/user.alice", "she is still here");
            assertEquals("she is still here", alice.message());
            assertEquals("Denied: write topic://desk.room", alice.send(ROOM, "after", Map.of()));
            alice.expectEnd();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasSentInATransactionWhileItWasAllowedIsCommitted(Transport transport) {
        try (RawClient alice = client(transport, "alice");
                Keeper.Watch room = Suite.keeper().watch(ROOM)) {
            alice.begin("t");
            assertEquals(DONE, alice.send(ROOM, "in time", Map.of("transaction", "t")));

            map(Map.of(DESK, "topic://desk.> read=users admin=users"));
            alice.commit("t");

            assertEquals(List.of("in time"), room.all());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theTemporaryLineCountsForThoseThatAreThere(Transport transport) {
        try (RawClient alice = client(transport, "alice");
                RawClient bob = client(transport, "bob")) {
            assertEquals(DONE, alice.subscribe("/temp-queue/mine", Map.of()));
            assertEquals(DONE, bob.subscribe("/queue/user.bob", Map.of()));

            map(Map.of("temporary", "read=admins write=admins admin=admins"));

            String message = alice.error();
            assertTrue(message.startsWith("Denied: read temp-queue://"), message);
            alice.expectEnd();
            assertTrue(bob.subscribe("/temp-queue/his", Map.of()).startsWith("Denied: admin temp-queue://"));
            bob.expectEnd();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatReadsNothingIsCutAsWell(Transport transport) {
        try (StompClient alice = transport.client(Suite.gatepost())) {
            alice.connect("alice", "alice");
            alice.done(ClientFrame.subscribe("s", ROOM));
            String body = "x".repeat(100_000);
            for (int i = 0; i < 200; i++) {
                Suite.keeper().put(ROOM, body);
            }

            map(Map.of(DESK, "topic://desk.> admin=users"));

            Awaitility.await("her session is gone")
                    .until(() -> !Suite.gatepost()
                            .shell("gatepost:session-list --no-format")
                            .contains("topic://desk.room"));
            List<ServerFrame> rest = alice.rest();
            assertTrue(rest.size() < 200, () -> rest.size() + " messages");
        }
    }

    private static void map(Map<String, String> changes) {
        Suite.gatepost().apply(Suite.MAP, changes);
    }

    private static RawClient client(Transport transport, String user) {
        return new RawClient(transport.client(Suite.gatepost()), Suite.account(user));
    }
}
