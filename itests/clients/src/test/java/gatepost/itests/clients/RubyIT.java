package gatepost.itests.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Ports;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import gatepost.itests.harness.library.Ruby;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Debian's ruby-stomp beyond the talk: its failover and its reliable mode, receipts, heart-beats and bodies of any kind. */
@ExtendWith(Suite.class)
class RubyIT {

    private final Gatepost gatepost = Suite.gatepost();

    @Test
    void bodiesOfAnyKindArriveByteForByte() {
        byte[][] bodies = {
            "Grüße\0\n\uD83C\uDF89".getBytes(UTF_8),
            Body.bytesFrom(0),
            {},
            {0},
            Body.text(1 << 20).getBytes(UTF_8)
        };
        try (Ruby subscriber = Ruby.subscriber(Ruby.Settings.of(gatepost.stompPort()), "/queue/app.bodies", "client");
                Ruby publisher = Ruby.publisher(Ruby.Settings.of(gatepost.stompPort()))) {
            for (int i = 0; i < bodies.length; i++) {
                publisher.publish(i, "/queue/app.bodies", bodies[i], Map.of());
                assertEquals(i, publisher.receipt());
                assertArrayEquals(bodies[i], subscriber.message().body());
            }
        }
    }

    /** The gem ends its connection over an empty header, and would come back for the same message for ever. */
    @Test
    void anEmptyHeaderOfAPageStopsNoReader() {
        try (Ruby reader = Ruby.subscriber(Ruby.Settings.brief(gatepost.stompPort()), "/queue/app.inbox", "client");
                StompClient page = Transport.WEB_SOCKET.client(gatepost)) {
            page.connect("bob", "bob");
            page.done(ClientFrame.send("/queue/app.inbox", "first", "note:", "empty: ", "kept:1"));
            page.done(ClientFrame.send("/queue/app.inbox", "second"));

            Ruby.Received first = reader.message();
            assertEquals("first", first.text());
            assertEquals("1", first.headers().get("kept"));
            assertFalse(first.headers().containsKey("note"));
            assertEquals("second", reader.message().text());
        }
    }

    @Test
    void aHostThatIsDownIsPassedOver() {
        try (Ruby publisher = Ruby.publisher(Ruby.Settings.reliable(Ports.free(), gatepost.stompPort()))) {
            publisher.publish(7, "/queue/app.failover", new byte[] {1}, Map.of());
            assertEquals(7, publisher.receipt());
        }
    }

    @Test
    void heartBeatsGoBothWays() {
        try (Ruby ruby = Ruby.beating(Ruby.Settings.of(gatepost.stompPort()).heartbeat("300,300"))) {
            JsonNode beats = Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(
                            ruby::ask,
                            counts -> counts.get("sent").asInt() >= 3
                                    && counts.get("received").asInt() >= 3);
            assertTrue(beats.get("open").asBoolean());
        }
    }

    @Test
    void aReliableSubscriberComesBackAfterAKill() {
        try (Ruby subscriber = Ruby.subscriber(
                Ruby.Settings.reliable(gatepost.stompPort()), "/queue/app.reliable", "client-individual")) {
            Ruby.publishAll(gatepost.stompPort(), "/queue/app.reliable", "before");
            assertEquals("before", subscriber.message().text());

            gatepost.kill();
            gatepost.start();
            Ruby.publishAll(gatepost.stompPort(), "/queue/app.reliable", "after");

            String next = subscriber.message().text();
            // the acknowledgement of the first may have been on its way when the broker died
            assertEquals("after", next.equals("before") ? subscriber.message().text() : next);
        }
    }

    @Test
    void whatAReliablePublisherGotAReceiptForIsThereAfterAKill() {
        int count = 300;
        Set<Integer> receipts = new TreeSet<>();
        try (Ruby publisher = Ruby.publisher(Ruby.Settings.reliable(gatepost.stompPort()))) {
            for (int i = 0; i < count; i++) {
                publisher.publish(i, "/queue/app.publisher", ("" + i).getBytes(UTF_8), Map.of());
            }
            while (receipts.size() < count / 3) {
                receipts.add(publisher.receipt());
            }
            gatepost.kill();
            gatepost.start();
            publisher.publish(count, "/queue/app.publisher", ("" + count).getBytes(UTF_8), Map.of());
            while (!receipts.contains(count)) {
                receipts.add(publisher.receipt());
            }
        }
        Set<Integer> there = new TreeSet<>();
        try (Ruby subscriber =
                Ruby.subscriber(Ruby.Settings.of(gatepost.stompPort()), "/queue/app.publisher", "client")) {
            while (!there.contains(count)) {
                there.add(Integer.valueOf(subscriber.message().text()));
            }
        }
        receipts.removeAll(there);
        assertEquals(Set.of(), receipts, "messages with a receipt that are gone");
    }
}
