package gatepost.camel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A route that reads an inbox goes on where it was. */
class DeviceTest extends RouteTest {

    private static final String DEVICE = "gatepost-device";

    private final List<String> seen = new CopyOnWriteArrayList<>();

    private void read(String from) throws Exception {
        camel.getCamelContextExtension().setName("answers.yaml");
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(from)
                        .routeId("answers")
                        .process(exchange -> seen.add(exchange.getIn().getBody(String.class)));
            }
        });
        eventually().until(() -> !server.subscribed.isEmpty());
    }

    private String device() {
        return server.subscribed.get(server.subscribed.size() - 1).get(DEVICE);
    }

    @Test
    void anInboxKnowsARouteByItsFileAndItsId() throws Exception {
        read("gatepost:user.alice");
        assertEquals("answers.yaml.answers", device());
    }

    @Test
    void aRouteMayHaveAnotherName() throws Exception {
        read("gatepost:queue://user.alice?device=answering-machine");
        assertEquals("answering-machine", device());
    }

    @ParameterizedTest
    @CsvSource({"gatepost:app.inbox", "gatepost:topic://news", "gatepost:user.alice?selector=a=1"})
    void whatNoInboxRemembersHasNone(String from) throws Exception {
        read(from);
        assertFalse(server.subscribed.get(0).containsKey(DEVICE));
    }

    @Test
    void aQueueThatBecomesAnInboxLearnsIt() throws Exception {
        inboxes = queue -> false;
        read("gatepost:user.alice");
        assertFalse(server.subscribed.get(0).containsKey(DEVICE));
        inboxes = queue -> true;
        server.cut();
        eventually().until(() -> server.subscribed.size() == 2);
        assertEquals("answers.yaml.answers", device());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gatepost:user.alice?device=a b | 1 to 64 characters",
                "gatepost:user.alice?device=a&selector=b=1 | a device takes no selector",
                "gatepost:topic://news?device=a | is not the name of one queue",
                "gatepost:user.*?device=a | is not the name of one queue",
                "gatepost:user.>?device=a | is not the name of one queue",
                "gatepost:user.alice,user.bob?device=a | is not the name of one queue"
            })
    void whereThereCanBeNoneARouteIsRefused(String from, String reason) {
        FailedToCreateRouteException refused = assertThrows(FailedToCreateRouteException.class, () -> read(from));
        String message = refused.getCause().getCause().getMessage();
        assertTrue(message.contains(reason), message);
    }

    /** A device takes no selector, with which others ask for nothing at all. */
    @Test
    void whatIsDeniedIsAskedForAsTheDeviceThatItIs() throws Exception {
        server.deniedToRead.add("/queue/user.alice");
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("gatepost:user.alice?device=a").routeId("r").process(exchange -> seen.add("it"));
            }
        });
        camel.start();
        GatepostConsumer consumer = (GatepostConsumer) camel.getRoute("r").getConsumer();
        eventually().until(() -> consumer.problem().equals(Optional.of("Denied: read /queue/user.alice")));
        server.deniedToRead.clear();
        eventually()
                .until(() -> server.subscribed.size() == 2 && consumer.problem().isEmpty());
        server.subscribed.forEach(headers -> {
            assertEquals("a", headers.get(DEVICE));
            assertFalse(headers.containsKey("selector"));
        });
        server.put("/queue/user.alice", "one");
        eventually().until(() -> seen.equals(List.of("it")));
    }

    @Test
    void aNameThatDoesNotFitIsMadeOne() {
        assertEquals("a.yaml.r", DeviceName.of("a.yaml", "r"));
        String spaced = DeviceName.of("a b.yaml", "r");
        assertTrue(DeviceName.isFit(spaced), spaced);
        assertNotEquals(spaced, DeviceName.of("a_b.yaml", "r"));
        assertNotEquals(spaced, DeviceName.of("a+b.yaml", "r"));
        String lengthy = DeviceName.of("a".repeat(80), "r");
        assertTrue(DeviceName.isFit(lengthy), lengthy);
        assertNotEquals(lengthy, DeviceName.of("a".repeat(80), "s"));
    }
}
