package gatepost.itests.inbox;

import static gatepost.itests.harness.ClientFrame.send;
import static gatepost.itests.harness.ClientFrame.subscribe;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Queues;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What has no meaning for an inbox is refused with a reason, not passed over. */
@ExtendWith(Suite.class)
class RefusedIT {

    private final Gatepost gatepost = Suite.gatepost();
    private final Owner owner = Owner.next();

    @ParameterizedTest
    @CsvSource({"activemq.exclusive:true, exclusive", "activemq.priority:10, priority"})
    void whatTakesAMessageFromOthersCannotBeAskedOfAnInbox(String header, String name) {
        try (Tab other = owner.tab("ack:client");
                StompClient tab = Transport.WEB_SOCKET.client(gatepost)) {
            tab.connect(owner.name(), owner.name());
            ServerFrame error = tab.request(subscribe("1", owner.inbox(), header));
            assertEquals("ERROR", error.command());
            assertTrue(error.header("message").contains(name), error::toString);
            assertTrue(error.header("message").contains("inbox"), error::toString);
            tab.expectEnd();

            owner.publish("nobody notices");
            assertEquals("nobody notices", other.next().text());
        }
    }

    @Test
    void aDurableNameCannotBeAskedOfAnInbox() {
        try (StompClient tab = Transport.TCP.client(gatepost)) {
            tab.connect(owner.name(), owner.name(), "client-id:phone");
            ServerFrame error = tab.request(subscribe("1", owner.inbox(), "activemq.subscriptionName:phone"));
            assertEquals("ERROR", error.command());
            assertTrue(error.header("message").contains("activemq.subscriptionName"), error::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"selector:colour = 'red'", "gatepost-start:new", "browser:true", "gatepost-device:a telephone"})
    void aDeviceHasANameAndPassesOverNoMessage(String header) {
        try (StompClient tab = Transport.WEB_SOCKET.client(gatepost)) {
            tab.connect(owner.name(), owner.name());
            ServerFrame error = tab.request(subscribe("1", owner.inbox(), header, "gatepost-device:phone"));
            assertEquals("ERROR", error.command());
            assertTrue(error.header("message").startsWith("the header gatepost-device:"), error::toString);
            tab.expectEnd();
        }
    }

    @Test
    void whatIsNoInboxRemembersNoDevice() {
        try (StompClient application = Queues.admin(gatepost)) {
            ServerFrame error = application.request(subscribe("1", "/queue/app.inbox", "gatepost-device:phone"));
            assertEquals("ERROR", error.command());
            assertTrue(error.header("message").contains("app.inbox is no inbox"), error::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/gatepost/inbox/seen", "/gatepost/inbox/", "/gatepost/token"})
    void ofGatepostsOwnDestinationsTheInboxAndItsStateAreSubscribedTo(String destination) {
        try (StompClient tab = Transport.TCP.client(gatepost)) {
            tab.connect(owner.name(), owner.name());
            ServerFrame error = tab.request(subscribe("1", destination));
            assertEquals("ERROR", error.command());
            assertTrue(error.header("message").contains(destination), error::toString);
            assertTrue(error.header("message").endsWith("/gatepost/inbox/state"), error::toString);
        }
    }

    @Test
    void whatWasNotSentToAnInboxIsNotTakenBack() {
        try (StompClient application = Queues.admin(gatepost)) {
            ServerFrame error = application.request(
                    send("/gatepost/withdraw", "", "gatepost-destination:/queue/app.inbox", "gatepost-id:7"));
            assertEquals("ERROR", error.command());
            assertTrue(error.header("message").contains("app.inbox is no inbox"), error::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gatepost-id:a b", "gatepost-once:", "gatepost-if-full:drop"})
    void aValueOfGatepostsThatCannotBeUsedIsRefused(String header) {
        try (StompClient application = Queues.admin(gatepost)) {
            ServerFrame error = application.request(send(owner.inbox(), "never", header));
            assertEquals("ERROR", error.command(), header);
            assertTrue(error.header("message").startsWith("the header " + header), error::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gatepost-colour:blue", "gatepost-histroy:false", "gatepost-start:oldest"})
    void anUnknownHeaderOfGatepostsIsRefusedByName(String header) {
        try (StompClient application = Queues.admin(gatepost)) {
            ServerFrame error = application.request(send(owner.inbox(), "never", header));
            assertEquals("ERROR", error.command(), header);
            assertTrue(error.header("message").contains(header.substring(0, header.indexOf(':'))), error::toString);
            application.expectEnd();
        }
        owner.publish("ever");
        assertEquals(List.of("ever"), Position.texts(owner.log()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "1", ""})
    void whetherAMessageIsKeptInHistoryIsTrueOrFalse(String value) {
        try (StompClient application = Queues.admin(gatepost)) {
            ServerFrame answer = application.request(send(owner.inbox(), "never", "gatepost-history:" + value));
            assertEquals("ERROR", answer.command());
            assertTrue(answer.header("message").contains("gatepost-history"), answer::toString);
        }
    }

    /** What Gatepost says of a message only Gatepost says: a client's own is dropped. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "gatepost-offset:1",
                "gatepost-epoch:mine",
                "gatepost-gap:true",
                "gatepost-state:done",
                "gatepost-head:1",
                "gatepost-replaces:1",
                "gatepost-refused:full",
                "Gatepost-Offset:1",
                " gatepost-offset:1"
            })
    void whatGatepostSaysOfAMessageNoClientCanSay(String header) {
        try (Tab tab = owner.tab("ack:client")) {
            ServerFrame receipt = owner.publish("forged", header);

            ServerFrame message = tab.next();
            assertEquals("forged", message.text());
            assertTrue(
                    message.lines().stream().noneMatch(line -> line.strip().equals(header.strip())), message::toString);
            assertEquals(Position.offset(receipt), Position.offset(message));
            assertEquals(Position.epoch(receipt), Position.epoch(message));
            assertFalse(Position.saysGap(message));
            assertFalse(Position.isDone(message));
        }
    }
}
