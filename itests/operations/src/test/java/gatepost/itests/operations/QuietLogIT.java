package gatepost.itests.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The log has what an operator has to know, and each of it once. */
class QuietLogIT {

    private static final String ROUTE = """
            - route:
                id: denied
                from:
                  uri: timer:denied
                  parameters:
                    repeatCount: 1
                  steps:
                    - setBody:
                        constant: x
                    - to: gatepost:queue://elsewhere
            """;

    @Test
    void aStartAndAStopTakeAScreenOrTwo() {
        try (Gatepost gatepost = Gatepost.unpack().start()) {
            gatepost.shell("gatepost:status\ngatepost:session-list");
            List<String> lines = gatepost.log().lines().toList();
            assertTrue(lines.size() < 80, () -> lines.size() + " lines: " + String.join("\n", lines));
            assertEquals(
                    List.of(),
                    lines.stream()
                            // Karaf's JMX may be configured while it starts, and ActiveMQ takes what the disk has
                            .filter(line -> line.contains(" WARN ") && !line.contains("Store limit is"))
                            .filter(line ->
                                    !line.contains("java.rmi.server.hostname") && !line.contains("JMX Notification"))
                            .toList());
        }
    }

    @Test
    void aDeniedRouteIsToldWithoutStackTraces() {
        try (Gatepost gatepost = Gatepost.unpack()) {
            gatepost.write("routes/denied.yaml", ROUTE);
            gatepost.start();
            Awaitility.await()
                    .until(() -> gatepost.log().contains("Error processing exchange")
                            && gatepost.log().contains("Denied: write queue://elsewhere"));
            List<String> told = gatepost.log()
                    .lines()
                    .filter(line -> line.contains("Denied") || line.startsWith("\t"))
                    .toList();
            assertTrue(told.stream().noneMatch(line -> line.startsWith("\t")), () -> String.join("\n", told));
            // Camel's two lines, each with the exception's own below it
            assertTrue(told.size() <= 4, () -> String.join("\n", told));
        }
    }

    @ParameterizedTest
    @EnumSource
    void clientsThatGoOrAreRefusedAreNoLinesOfTheLog(Transport transport) {
        try (Gatepost gatepost = Gatepost.unpack().start()) {
            gatepost.shell("gatepost:status");
            long before = gatepost.log().lines().count();
            for (int i = 0; i < 20; i++) {
                try (StompClient gone = transport.client(gatepost);
                        StompClient refused = transport.client(gatepost)) {
                    gone.connect("alice", "alice");
                    refused.connect("alice", "alice");
                    refused.send(ClientFrame.subscribe("1", "/queue/user.bob"));
                    refused.expect("ERROR");
                }
            }
            Awaitility.await()
                    .until(() ->
                            !gatepost.shell("gatepost:session-list --no-format").contains("alice"));
            assertEquals(before, gatepost.log().lines().count(), gatepost::log);
        }
    }
}
