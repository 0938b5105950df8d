package gatepost.itests.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The routes' account may do what its entries say and nothing else, at any moment. */
class RouteRightsIT extends RoutesTest {

    private static final String FLOW_ENTRY = "queue://app.flow  read=gatepost-routes  admin=gatepost-routes";
    private static final String SHIPPED = "queue://user.>           write=gatepost-routes   admin=gatepost-routes";
    private static final String TIMER = """
            - route:
                id: %s
                from:
                  uri: timer:%s?period=50
                  steps:
                    - setBody:
                        constant: x
                    - to: gatepost:%s
            """;

    @Test
    void whatNoEntryAllowsIsDenied() {
        for (String destination : List.of("app.other", "topic://news", "queue://ActiveMQ.DLQ")) {
            String name = destination.replaceAll("\\W", "");
            route(name + ".yaml", TIMER.formatted(name, name, destination));
            String row = awaitRoute("^" + name + ".yaml/" + name + "\\s.*Denied");
            assertTrue(row.contains("Denied: ") && row.contains(destination.replaceFirst(".*//", "")), row);
            remove(name + ".yaml");
        }
        route("reader.yaml", FLOW.replace("gatepost:app.flow", "gatepost:user.alice"));
        awaitRoute("^reader.yaml/flow\\s.*Denied.*Denied: read queue://user.alice");
    }

    @Test
    void aRouteWhoseEntryIsTakenAwayStopsWithAClearErrorAndGoesOnWhenItIsGivenBack() {
        allow("flow", FLOW_ENTRY);
        route("flow.yaml", FLOW);
        try (StompClient system = Transport.WEB_SOCKET.client(gatepost);
                StompClient reader = Transport.WEB_SOCKET.client(gatepost)) {
            system.connect("system", "manager");
            reader.connect("flow", "flow");
            List<String> received = new ArrayList<>();
            reader.send(ClientFrame.subscribe("1", "/queue/user.flow"));
            send(system, 0, 20);
            receive(reader, 20, received);

            takeAway("flow");
            awaitRoute("^flow.yaml/flow\\s.*Denied.*Denied: read queue://app.flow");
            send(system, 20, 40);
            assertTrue(routeList().stream().anyMatch(row -> row.contains("Denied: read queue://app.flow")));

            allow("flow", FLOW_ENTRY);
            receive(reader, 20, received);
            awaitRoute("^flow.yaml/flow\\s.*Started");
            assertEquals(IntStream.range(0, 40).mapToObj(Integer::toString).toList(), received);
        }
    }

    @Test
    void messagesWaitWhileTheirDestinationIsDeniedAndOtherRoutesNoticeNothing() {
        allow("flow", FLOW_ENTRY);
        // a destination that no other test was denied: what was denied is asked for by one message at a time, and the
        // others fail meanwhile
        allow("elsewhere", "queue://app.elsewhere  write=gatepost-routes  admin=gatepost-routes");
        route("flow.yaml", FLOW);
        route("other.yaml", TIMER.formatted("other", "other", "app.elsewhere"));
        try (StompClient system = Transport.WEB_SOCKET.client(gatepost);
                StompClient reader = Transport.WEB_SOCKET.client(gatepost)) {
            system.connect("system", "manager");
            reader.connect("flow", "flow");
            List<String> received = new ArrayList<>();
            reader.send(ClientFrame.subscribe("1", "/queue/user.flow"));
            send(system, 0, 20);
            receive(reader, 20, received);

            takeAway("routes");
            send(system, 20, 40);
            awaitRoute("^flow.yaml/flow\\s.*Denied.*Denied: write queue://user.flow");
            String other = awaitRoute("^other.yaml/other\\s.*Started");
            assertTrue(other.matches(".*Started\\s+\\D*\\d+\\D+0\\D.*"), "nothing of it failed: " + other);

            allow("routes", SHIPPED);
            receive(reader, 20, received);
            assertEquals(
                    IntStream.range(0, 40).boxed().toList(),
                    received.stream().map(Integer::valueOf).sorted().toList());
        }
    }

    private static void send(StompClient client, int first, int end) {
        for (int i = first; i < end; i++) {
            client.done(ClientFrame.send("/queue/app.flow", "" + i));
        }
    }

    private static void receive(StompClient client, int count, List<String> received) {
        for (int i = 0; i < count; i++) {
            ServerFrame message = client.expect("MESSAGE");
            received.add(message.text());
        }
    }
}
