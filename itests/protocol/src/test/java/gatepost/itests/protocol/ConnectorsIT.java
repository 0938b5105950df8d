package gatepost.itests.protocol;

import static gatepost.itests.protocol.Answer.error;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Ports;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connectors come, change and go while the broker runs, and those that stay notice nothing. */
@ExtendWith(Suite.class)
class ConnectorsIT {

    private static final int GOING_AWAY = 1001;

    private final Gatepost gatepost = Suite.gatepost();

    @ParameterizedTest
    @EnumSource
    void whoIsConnectedToAConnectorThatGoesIsTold(Transport transport) {
        OneConnector connector = OneConnector.with(transport, Map.of());
        try (StompClient client = connector.signedIn()) {
            String queue = Queues.holding(client, "one");
            client.send(ClientFrame.subscribe("s", queue, "ack:client"));
            client.expect("MESSAGE");

            connector.close();

            error(GOING_AWAY, "closing").check(client, text -> text);
            assertEquals(List.of("one"), Queues.givenBack(queue, 1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPortThatIsTakenIsRefusedAndNobodyElseNotices(Transport transport) {
        String name = Suite.name();
        String file = "gatepost.connector-" + name + ".cfg";
        String line =
                gatepost.applyRefused(file, Map.of("uri", transport.scheme() + "://127.0.0.1:" + gatepost.stompPort()));
        assertTrue(line.contains("uri") && line.contains("" + gatepost.stompPort()), line);
        Suite.bystandersWork();

        int port = Ports.free();
        gatepost.apply(file, Map.of("uri", transport.scheme() + "://127.0.0.1:" + port));

        try (StompClient client = transport.client(port)) {
            client.connect("system", "manager");
        }
        gatepost.removeConnector(name);
    }

    @ParameterizedTest
    @EnumSource
    void aChangeThatMakesNoSenseLeavesTheLastGoodOneInForce(Transport transport) {
        try (OneConnector connector = OneConnector.with(transport, Map.of("frame.size.max", "1024"));
                StompClient before = connector.signedIn()) {
            String line = gatepost.applyRefused(connector.file(), Map.of("frame.size.max", "much"));

            assertTrue(line.contains("frame.size.max") && line.contains("much"), line);
            before.done(ClientFrame.send("/queue/" + Suite.name(), "hi"));
            try (StompClient after = connector.signedIn()) {
                after.send(ClientFrame.send("/queue/" + Suite.name(), "x".repeat(2000)));
                error(Answer.TOO_LARGE, "1024").check(after, text -> text);
            }
            connector.apply(Map.of("frame.size.max", "4096"));
        }
    }

    @Test
    void aConnectorMovesToAnotherPort() {
        OneConnector connector = OneConnector.with(Transport.TCP, Map.of());
        int next = Ports.free();
        connector.apply(Map.of("uri", "stomp://127.0.0.1:" + next));

        try (StompClient client = Transport.TCP.client(next)) {
            client.connect("system", "manager");
        }
        assertFalse(Ports.isOpen(connector.port()));
        connector.close();
    }
}
