package gatepost.itests.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Queues;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A subscription that takes nothing away: what is done is said in requests of their own. */
@ExtendWith(Suite.class)
class DoneByRequestIT {

    private static final String BY_REQUEST = "gatepost-done:by-request";
    /** More than any window. */
    private static final int MANY = 1_500;

    private final Owner owner = Owner.next();

    private Tab own(String... headers) {
        return Tab.open(Transport.TCP, owner.name(), owner.name(), "/gatepost/inbox", headers);
    }

    private ServerFrame done(ServerFrame message, String which, String... more) {
        List<String> headers = new ArrayList<>(List.of(
                "destination:/gatepost/inbox/done",
                which + ":" + message.header("gatepost-offset"),
                "gatepost-epoch:" + message.header("gatepost-epoch")));
        headers.addAll(List.of(more));
        try (StompClient client = owner.client()) {
            return Tab.receipt(client.request(ClientFrame.of("SEND", headers.toArray(String[]::new))));
        }
    }

    @Test
    void nothingIsDoneUntilItIsSaid() {
        owner.publishAll("one", "two", "three");
        try (Tab tab = own(BY_REQUEST)) {
            List<ServerFrame> got = List.of(tab.next(), tab.next(), tab.next());
            assertEquals(
                    List.of("one", "two", "three"),
                    got.stream().map(ServerFrame::text).toList());
            assertEquals("/queue/user." + owner.name(), got.get(0).header("destination"));
            assertEquals(List.of("one", "two", "three"), owner.waiting());

            assertNull(done(got.get(1), "gatepost-offset").header("gatepost-settled"));
            assertEquals(List.of("one", "three"), owner.waiting());
            assertEquals("false", done(got.get(1), "gatepost-offset").header("gatepost-settled"));

            assertNull(done(got.get(2), "gatepost-upto").header("gatepost-settled"));
            assertEquals(List.of(), owner.waiting());
            assertEquals(List.of("one", "two", "three"), owner.history());
        }
    }

    @Test
    void whatIsInMemoryOnlyHasNoOffsetToAskForAndIsDoneWhenItHasArrived() {
        try (Tab tab = own(BY_REQUEST);
                StompClient application = Queues.admin(Suite.gatepost())) {
            application.done(ClientFrame.send(owner.inbox(), "in memory", "persistent:false"));
            owner.publish("on the disk");
            assertEquals("in memory", tab.next().text());
            assertEquals("on the disk", tab.next().text());
        }
        assertEquals(List.of("on the disk"), owner.waiting());
    }

    @Test
    void whoNeverSaysItGetsEverythingAllTheSame() {
        try (Tab tab = own(BY_REQUEST);
                StompClient application = Queues.admin(Suite.gatepost())) {
            IntStream.range(0, MANY).forEach(i -> application.send(ClientFrame.send(owner.inbox(), "m" + i)));
            for (int i = 0; i < MANY; i++) {
                assertEquals("m" + i, tab.next().text());
            }
        }
        assertEquals(MANY, owner.waiting().size());
    }

    @Test
    void aDeviceIsAsFarAsItSays() {
        owner.publishAll("one", "two", "three");
        ServerFrame second;
        try (Tab tab = own(BY_REQUEST, "gatepost-device:phone")) {
            tab.next();
            second = tab.next();
            tab.next();
            done(second, "gatepost-upto", "gatepost-device:phone");
        }
        try (Tab tab = own(BY_REQUEST, "gatepost-device:phone")) {
            ServerFrame next = tab.next();
            assertEquals("three", next.text());
            assertNull(next.header("gatepost-gap"));
        }
    }

    @Test
    void ofAnotherEpochNothingIsDone() {
        owner.publish("one");
        try (Tab tab = own(BY_REQUEST)) {
            ServerFrame message = tab.next();
            try (StompClient client = owner.client()) {
                ServerFrame receipt = Tab.receipt(client.request(ClientFrame.of(
                        "SEND",
                        "destination:/gatepost/inbox/done",
                        "gatepost-upto:" + message.header("gatepost-offset"),
                        "gatepost-epoch:other")));
                assertEquals("false", receipt.header("gatepost-settled"));
            }
        }
        assertEquals(List.of("one"), owner.waiting());
    }

    @Test
    void onlyTheOwnerSaysIt() {
        owner.publish("one");
        String refusal = owner.publish("two").header("gatepost-epoch");
        assertTrue(refusal != null && !refusal.isEmpty());
        try (StompClient other = Owner.next().client()) {
            // of the own inbox, which has nothing
            ServerFrame receipt = Tab.receipt(other.request(ClientFrame.of(
                    "SEND", "destination:/gatepost/inbox/done", "gatepost-upto:1000000", "gatepost-epoch:" + refusal)));
            assertEquals("false", receipt.header("gatepost-settled"));
        }
        assertEquals(List.of("one", "two"), owner.waiting());
    }
}
