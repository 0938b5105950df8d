package gatepost.itests.protocol;

import static gatepost.itests.protocol.Answer.connected;
import static gatepost.itests.protocol.Answer.error;
import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Heart-beats, on connectors whose shortest intervals suit a test. */
@ExtendWith(Suite.class)
class HeartBeatIT {

    private static final Duration SOON = Duration.ofSeconds(5);

    private static Connectors connectors;

    @BeforeAll
    static void connectors() {
        connectors = Connectors.with(Map.of("heartbeat.send", "100", "heartbeat.receive", "200"));
    }

    @AfterAll
    static void remove() {
        connectors.close();
    }

    @TestFactory
    Stream<DynamicTest> whatCannotBeUsed() {
        return Row.table(
                Row.stranger("one number")
                        .in(Version.V1_1, Version.V1_2)
                        .step(connect("1000"), error("heart-beat:1000")),
                Row.stranger("three numbers")
                        .in(Version.V1_1, Version.V1_2)
                        .step(connect("1,2,3"), error("heart-beat:1,2,3")),
                Row.stranger("no numbers").in(Version.V1_1, Version.V1_2).step(connect("a,b"), error("heart-beat:a,b")),
                Row.stranger("negative numbers")
                        .in(Version.V1_1, Version.V1_2)
                        .step(connect("-1,0"), error("heart-beat:-1,0")),
                Row.stranger("a number beyond all bounds")
                        .in(Version.V1_1, Version.V1_2)
                        .step(connect("0,99999999999"), error("heart-beat:0,99999999999")),
                Row.stranger("none wanted")
                        .in(Version.V1_1, Version.V1_2)
                        .step(connect("0,0"), connected("heart-beat:5000,10000")),
                Row.stranger("1.0 knows none")
                        .in(Version.V1_0)
                        .step("CONNECT\nlogin:system\npasscode:manager\nheart-beat:x\n\n^@", connected("version:1.0")));
    }

    @ParameterizedTest
    @EnumSource
    void theServerSendsThemWhereTheClientWantsThem(Transport transport) {
        try (StompClient client = transport.client(connectors.port(transport))) {
            assertEquals(
                    "100,200",
                    client.connect("system", "manager", "heart-beat:0,1").header("heart-beat"));

            client.awaitHeartBeats(client.heartBeats() + 4, SOON);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theServerSendsNoneWhereTheClientWantsNone(Transport transport) {
        try (StompClient client = transport.client(connectors.port(transport))) {
            client.connect("system", "manager", "heart-beat:0,0");
            client.done(ClientFrame.send("/queue/" + Suite.name(), "hi"));
            long before = client.heartBeats();

            client.expectSilence(Duration.ofMillis(500));

            assertEquals(before + 1, client.heartBeats(), "the line end after the last frame, and nothing else");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatFallsSilentIsClosed(Transport transport) {
        try (StompClient client = transport.client(connectors.port(transport))) {
            client.connect("system", "manager", "heart-beat:1,0");

            error("nothing was received").check(client, text -> text);
        }
    }

    @ParameterizedTest
    @EnumSource
    void lineEndsAreSignsOfLifeEnough(Transport transport) {
        String queue = "/queue/" + Suite.name();
        try (StompClient client = transport.client(connectors.port(transport))) {
            client.connect("system", "manager", "heart-beat:1,0");
            for (int i = 0; i < 10; i++) {
                client.expectSilence(Duration.ofMillis(100));
                client.send("\n");
            }
            client.done(ClientFrame.send(queue, "hi"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatPromisedNothingMayBeSilent(Transport transport) {
        try (StompClient client = transport.client(connectors.port(transport))) {
            client.connect("system", "manager", "heart-beat:0,0");
            client.expectSilence(Duration.ofSeconds(1));
            client.done(ClientFrame.send("/queue/" + Suite.name(), "hi"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSlowerOfBothSidesSetsThePace(Transport transport) {
        try (StompClient client = transport.client(connectors.port(transport))) {
            client.connect("system", "manager", "heart-beat:60000,60000");
            long before = client.heartBeats();

            client.expectSilence(Duration.ofMillis(800));

            assertEquals(before + 1, client.heartBeats());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatASilentClientDidNotAcknowledgeGoesBack(Transport transport) {
        String queue;
        try (StompClient client = transport.client(connectors.port(transport))) {
            client.connect("system", "manager", "heart-beat:1,0");
            queue = Queues.holding(client, "one");
            client.send(ClientFrame.subscribe("s", queue, "ack:client"));
            client.expect("MESSAGE");
            error("nothing was received").check(client, text -> text);

            assertEquals(List.of("one"), Queues.givenBack(queue, 1));
        }
    }

    private static String connect(String heartBeat) {
        return "CONNECT\naccept-version:{v}\nhost:h\nlogin:system\npasscode:manager\nheart-beat:" + heartBeat
                + "\n\n^@";
    }
}
