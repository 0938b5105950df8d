package gatepost.itests.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
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

    @AutoClose
    private static final Gatepost GATEPOST = Gatepost.unpack();

    @BeforeAll
    static void start() {
        GATEPOST.write("routes/denied.yaml", ROUTE);
        GATEPOST.start();
        GATEPOST.shell("gatepost:status\ngatepost:session-list");
        Awaitility.await()
                .until(() -> GATEPOST.log().contains("Error processing exchange")
                        && GATEPOST.log().contains("Denied: write queue://elsewhere"));
    }

    @Test
    void aStartTakesAScreenOrTwo() {
        List<String> lines = GATEPOST.log().lines().toList();
        assertTrue(lines.size() < 80, () -> lines.size() + " lines: " + String.join("\n", lines));
        assertEquals(
                List.of(),
                lines.stream()
                        .filter(line -> line.contains(" WARN "))
                        // Karaf's JMX may be configured while it starts, and ActiveMQ takes what the disk has
                        .filter(line -> !line.contains("java.rmi.server.hostname"))
                        .filter(line -> !line.contains("JMX Notification") && !line.contains("Store limit is"))
                        // the route
                        .filter(line -> !line.contains("Denied: write queue://elsewhere"))
                        .toList());
    }

    @Test
    void aDeniedRouteIsToldWithoutStackTraces() {
        List<String> told = GATEPOST.log()
                .lines()
                .filter(line -> line.contains("Denied") || line.startsWith("\t"))
                .filter(line -> !line.contains("user.bob"))
                .toList();
        assertTrue(told.stream().noneMatch(line -> line.startsWith("\t")), () -> String.join("\n", told));
        // Camel's two lines, each with the exception's own below it
        assertTrue(told.size() <= 4, () -> String.join("\n", told));
    }

    @ParameterizedTest
    @EnumSource
    void clientsThatGoOrAreRefusedAreNoLinesOfTheLog(Transport transport) {
        long before = GATEPOST.log().lines().count();
        for (int i = 0; i < 20; i++) {
            try (StompClient gone = transport.client(GATEPOST);
                    StompClient refused = transport.client(GATEPOST)) {
                gone.connect("alice", "alice");
                refused.connect("alice", "alice");
                refused.send(ClientFrame.subscribe("1", "/queue/user.bob"));
                refused.expect("ERROR");
            }
        }
        Awaitility.await()
                .until(() ->
                        !GATEPOST.shell("gatepost:session-list --no-format").contains("alice"));
        assertEquals(before, GATEPOST.log().lines().count(), GATEPOST::log);
    }
}
