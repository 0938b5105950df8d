package gatepost.itests.gate;

import static gatepost.itests.gate.Client.DONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Queues;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One of the two features that guard the gate is taken out while clients are connected, and put back. */
@ExtendWith(Suite.class)
class FeaturesIT {

    private final Gatepost gatepost = Suite.gatepost();

    @BeforeEach
    void nothingWaits() {
        gatepost.awaitFeatures();
        Queues.drain(gatepost, "/queue/user.bob");
    }

    @AfterEach
    void everybodyWasCut() {
        Suite.keeperIsCut();
    }

    /** For a laboratory: an operator who takes the gate away knows nobody, and no message says a name that was only claimed. */
    @Test
    void whereNobodySignsInNoMessageSaysWhoSentIt() {
        String queue = "/queue/open." + Suite.name();
        gatepost.apply("gatepost.broker.cfg", Map.of("plugins.required", ""));
        gatepost.shell("feature:uninstall gatepost-authorization\nfeature:uninstall gatepost-authentication");
        try {
            for (Transport transport : Transport.values()) {
                Awaitility.await("the gate is open")
                        .until(() -> Intruder.attempt(transport, transport.port(gatepost), "alice", "not hers", queue)
                                .equals(Intruder.IN));
                try (StompClient anybody = transport.client(gatepost)) {
                    anybody.connect("alice", "not hers");
                    anybody.done(ClientFrame.subscribe("s", queue));
                    anybody.done(ClientFrame.send(queue, "hi", "gatepost-user:alice", "JMSXUserID:alice"));
                    ServerFrame message = anybody.expect("MESSAGE");
                    assertEquals(
                            List.of(),
                            message.lines().stream()
                                    .filter(line -> line.contains("alice"))
                                    .toList());
                }
            }
        } finally {
            gatepost.apply("gatepost.broker.cfg", Map.of("plugins.required", "authentication,authorization"));
            gatepost.shell("feature:install gatepost-authentication\nfeature:install gatepost-authorization");
            Awaitility.await("alice is back")
                    .until(() -> Arrays.stream(Transport.values())
                            .allMatch(transport -> Intruder.attempt(
                                            transport, transport.port(gatepost), "alice", "alice", "/queue/user.alice")
                                    .equals(Intruder.IN)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gatepost-authorization", "gatepost-authentication"})
    void theGateIsClosedForAsLongAsOneOfThemIsMissing(String feature) throws InterruptedException {
        long process = gatepost.pid();
        try (RawClient system = client(Transport.TCP, "system", "manager")) {
            assertEquals(DONE, system.send("/queue/user.bob", "secret", Map.of()));
        }
        List<Intruder> intruders = Arrays.stream(Transport.values())
                .map(transport -> new Intruder(gatepost, transport))
                .toList();
        try (StompClient alice = subscribed(Transport.TCP, "alice");
                StompClient other = subscribed(Transport.WEB_SOCKET, "bob")) {
            gatepost.shell("feature:uninstall " + feature);

            assertTrue(alice.rest().stream().allMatch(frame -> frame.command().equals("ERROR")));
            // the message of before is bob's own
            assertTrue(other.rest().stream().map(ServerFrame::command).allMatch(List.of("MESSAGE", "ERROR")::contains));
        }
        gatepost.awaitStatus("Broker +closed: .*" + feature.replace("gatepost-", ""));
        for (Transport transport : Transport.values()) {
            for (int attempt = 0; attempt < 20; attempt++) {
                assertEquals(
                        Intruder.OUT, Intruder.attempt(transport, transport.port(gatepost), "alice", "alice", null));
            }
        }

        gatepost.shell("feature:install " + feature);

        Awaitility.await("alice is back")
                .until(() -> Arrays.stream(Transport.values())
                        .allMatch(transport -> Intruder.attempt(
                                        transport, transport.port(gatepost), "alice", "alice", "/queue/user.alice")
                                .equals(Intruder.IN)));
        for (Intruder intruder : intruders) {
            intruder.stop();
        }
        try (RawClient bob = client(Transport.TCP, "bob", "bob")) {
            assertEquals(DONE, bob.subscribe("/queue/user.bob", Map.of()));
            assertEquals("secret", bob.message());
        }
        assertEquals(process, gatepost.pid());
    }

    private RawClient client(Transport transport, String login, String passcode) {
        return new RawClient(transport.client(gatepost), new Account(login, passcode));
    }

    private StompClient subscribed(Transport transport, String user) {
        StompClient client = transport.client(gatepost);
        client.connect(user, user);
        client.done(ClientFrame.subscribe("s", "/queue/user." + user, "ack:client"));
        return client;
    }
}
