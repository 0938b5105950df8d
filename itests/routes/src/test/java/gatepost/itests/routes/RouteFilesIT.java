package gatepost.itests.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.Transport;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Files come, change, break, are mended and go, while messages flow through the route of another file. */
class RouteFilesIT extends RoutesTest {

    private static final String NOISE = """
            - route:
                id: noise
                from:
                  uri: timer:noise?period=%d
                  steps:
                    - setBody:
                        constant: %s
                    - to: gatepost:user.noise
            """;

    @Test
    void nothingOfAnotherRouteIsLostOrDoubled() throws Exception {
        allow("flow", "queue://app.flow  read=gatepost-routes  admin=gatepost-routes");
        route("flow.yaml", FLOW);
        int published;
        List<ServerFrame> received;
        try (Flow flow = new Flow(gatepost)) {
            for (int i = 1; i <= 3; i++) {
                flow.goOn(20);
                route("noise.yaml", NOISE.formatted(5, "first" + i));
                flow.goOn(20);
                route("noise.yaml", NOISE.formatted(3, "second" + i));
                flow.goOn(20);
                String line = routeRefused("noise.yaml", NOISE.formatted(3, "third") + "        - nope: x\n");
                assertTrue(line.contains("etc/routes/noise.yaml: line "), line);
                assertTrue(routeList().stream()
                        .anyMatch(row -> row.startsWith("noise.yaml/noise") && row.contains("Started")));
                routeRefused("noise.yaml", NOISE.formatted(3, "third").replace("gatepost:user.noise", "nope:x"));
                flow.goOn(20);
                route("noise.yaml", NOISE.formatted(4, "mended" + i));
                flow.goOn(20);
                remove("noise.yaml");
                assertTrue(routeList().stream().noneMatch(row -> row.contains("noise")));
            }
            published = flow.end();
            eventually().until(() -> flow.received().size() >= published);
            received = flow.received();
        }
        assertEquals(
                IntStream.range(0, published).mapToObj(Integer::toString).toList(),
                received.stream().map(ServerFrame::text).toList());
    }

    @Test
    void theRouteThatMessagesFlowThroughMayItselfChange() throws Exception {
        allow("flow", "queue://app.flow  read=gatepost-routes  admin=gatepost-routes");
        route("flow.yaml", FLOW);
        int published;
        List<ServerFrame> received;
        try (Flow flow = new Flow(gatepost)) {
            for (int i = 0; i < 4; i++) {
                flow.goOn(20);
                route("flow.yaml", FLOW.replace("id: flow", "id: flow" + i));
                flow.goOn(20);
                routeRefused("flow.yaml", FLOW.replace("to: gatepost", "to: nope"));
            }
            published = flow.end();
            eventually().until(() -> flow.received().size() >= published);
            received = flow.received();
        }
        assertEquals(
                IntStream.range(0, published).boxed().toList(),
                received.stream()
                        .map(ServerFrame::text)
                        .map(Integer::valueOf)
                        .sorted()
                        .toList());
    }

    @Test
    void whatIsWrongIsInTheListWithItsLineUntilItIsMended() {
        routeRefused("wrong.yaml", NOISE.formatted(5, "x").replace("user.noise", "temp-queue://x"));
        String row = awaitRoute("^wrong.yaml\\s.*Refused");
        assertTrue(row.contains("line 8: ") && row.contains("temp-queue://x"), row);
        assertTrue(gatepost.shell("gatepost:status --no-format").contains("wrong.yaml"), "the status tells of it");
        route("wrong.yaml", NOISE.formatted(1000, "right"));
        assertTrue(routeList().stream().noneMatch(line -> line.contains("Refused")));
    }

    @Test
    void routesAreStoppedAndStartedByHand() {
        route("noise.yaml", NOISE.formatted(5, "x"));
        awaitRoute("^noise.yaml/noise\\s.*Started");
        gatepost.shell("gatepost:route-stop noise.yaml/noise");
        String stopped = awaitRoute("^noise.yaml/noise\\s.*Stopped");
        assertEquals(stopped, awaitRoute("^noise.yaml/noise\\s.*Stopped"));
        gatepost.shell("gatepost:route-start noise.yaml/noise");
        awaitRoute("^noise.yaml/noise\\s.*Started");
    }

    @Test
    void theFeatureGoesAndComesBackWithItsRoutesWhileClientsStay() throws Exception {
        route("noise.yaml", NOISE.formatted(5, "x"));
        assertTrue(Files.exists(gatepost.etc("routes/README.md")));
        try (var client = Transport.TCP.client(gatepost)) {
            client.connect("alice", "alice");
            gatepost.awaitFeatures();
            gatepost.shell("feature:uninstall gatepost-routes");
            gatepost.awaitLog(
                    "etc/routes/noise.yaml is in force", () -> gatepost.shell("feature:install gatepost-routes"));
            client.done(ClientFrame.send("/queue/app.inbox", "still here"));
        }
        awaitRoute("^noise.yaml/noise\\s.*Started");
    }

    @Test
    void withoutAuthenticationRoutesWaitAndGoOnWhenItIsBack() {
        route("noise.yaml", NOISE.formatted(5, "x"));
        awaitRoute("^noise.yaml/noise\\s.*Started");
        gatepost.awaitFeatures();
        gatepost.shell("feature:uninstall gatepost-authentication");
        gatepost.awaitLog(
                "connected as gatepost-routes", () -> gatepost.shell("feature:install gatepost-authentication"));
        awaitRoute("^noise.yaml/noise\\s.*Started");
    }
}
