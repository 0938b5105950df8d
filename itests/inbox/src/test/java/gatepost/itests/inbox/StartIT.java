package gatepost.itests.inbox;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.Transport;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a subscription starts, and how it is told that something may be missing. */
@ExtendWith(Suite.class)
class StartIT {

    private final Gatepost gatepost = Suite.gatepost();
    private final Owner owner = Owner.next();

    @ParameterizedTest
    @EnumSource
    void theReceiptOfASubscriptionSaysWhereTheInboxStands(Transport transport) {
        try (Tab tab = owner.tab(transport)) {
            assertFalse(Position.saysGap(tab.begun()));
            ServerFrame receipt = owner.publish("1");
            assertTrue(Position.offset(receipt) > Position.head(tab.begun()));
            assertEquals(Position.epoch(tab.begun()), Position.epoch(receipt));
        }
        ServerFrame receipt = owner.publish("2");
        try (Tab tab = owner.tab(transport)) {
            assertEquals(Position.offset(receipt), Position.head(tab.begun()));
            assertEquals(Position.epoch(receipt), Position.epoch(tab.begun()));
        }
    }

    @Test
    void theReceiptOfASendSaysWhichPlaceItHas() {
        List<ServerFrame> receipts = owner.publishAll("1", "2", "3");
        try (Tab tab = owner.tab("ack:client")) {
            List<ServerFrame> messages = tab.next(3);
            Position.assertInOrder(List.of("1", "2", "3"), messages);
            assertEquals(Position.offsets(receipts), Position.offsets(messages));
            assertEquals(Position.epoch(receipts.get(0)), Position.epoch(messages.get(0)));
        }
    }

    @Test
    void theOldestIsTheFirstOfTheLogWhetherDoneOrNot() {
        someDone();
        try (Tab tab = owner.tab("ack:client", "gatepost-start:oldest")) {
            List<ServerFrame> messages = tab.next(5);
            Position.assertInOrder(List.of("1", "2", "3", "4", "5"), messages);
            assertEquals(
                    List.of(true, false, true, false, false),
                    messages.stream().map(Position::isDone).toList());
            owner.publish("6");
            assertEquals("6", tab.next().text());
        }
    }

    @Test
    void newIsWhatComesFromNowOn() {
        someDone();
        try (Tab tab = owner.tab("ack:client", "gatepost-start:new")) {
            owner.publish("6");
            assertEquals("6", tab.next().text());
        }
        assertEquals(List.of("2", "4", "5", "6"), owner.waiting(), "what was passed over waits");
    }

    @Test
    void aNumberIsThatOfTheLastMessagesWhetherDoneOrNot() {
        someDone();
        try (Tab tab = owner.tab("ack:client", "gatepost-start:-3")) {
            Position.assertInOrder(List.of("3", "4", "5"), tab.next(3));
            owner.publish("6");
            assertEquals("6", tab.next().text());
        }
        try (Tab tab = owner.tab("ack:client", "gatepost-start:-100")) {
            Position.assertInOrder(List.of("1", "2", "3", "4", "5", "6"), tab.next(6));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOffsetIsFollowedByAllAboveItWhetherDoneOrNot(Transport transport) {
        List<ServerFrame> receipts = someDone();
        try (Tab tab = owner.tab(transport, behind(receipts.get(1)))) {
            assertFalse(Position.saysGap(tab.begun()));
            List<ServerFrame> messages = tab.next(3);
            Position.assertInOrder(List.of("3", "4", "5"), messages);
            assertTrue(messages.stream().noneMatch(Position::saysGap));
            assertTrue(Position.isDone(messages.get(0)));
        }
    }

    @Test
    void anOffsetNeedsNoEpoch() {
        List<ServerFrame> receipts = someDone();
        try (Tab tab = owner.tab("ack:client", "gatepost-offset:" + Position.offset(receipts.get(2)))) {
            assertFalse(Position.saysGap(tab.begun()));
            Position.assertInOrder(List.of("4", "5"), tab.next(2));
        }
    }

    @Test
    void behindTheLastOffsetIsWhatComesFromNowOn() {
        List<ServerFrame> receipts = someDone();
        try (Tab tab = owner.tab(behind(receipts.get(4)))) {
            assertFalse(Position.saysGap(tab.begun()));
            owner.publish("6");
            ServerFrame next = tab.next();
            assertEquals("6", next.text());
            assertFalse(Position.saysGap(next));
        }
    }

    @Test
    void aTabThatComesBackWithItsOffsetHasSeenEachMessageOnceAndInOrder() {
        List<ServerFrame> seen;
        try (Tab tab = owner.tab(); // acknowledges for all of them
                Tab leaves = owner.tab("ack:client")) {
            owner.publishAll("1", "2", "3", "4");
            seen = leaves.next(2);
            tab.next(4);
        }
        try (Tab tab = owner.tab(Transport.WEB_SOCKET, behind(seen.get(1)))) {
            owner.publish("5");
            Position.assertInOrder(List.of("3", "4", "5"), tab.next(3));
        }
    }

    @Test
    void anOffsetOfAnotherEpochIsAGap() {
        List<ServerFrame> receipts = someDone();
        assertGap("gatepost-offset:" + Position.offset(receipts.get(1)), "gatepost-epoch:another");
    }

    @Test
    void anOffsetAboveTheHeadIsAGap() {
        ServerFrame last = someDone().get(4);
        assertGap("gatepost-offset:" + (Position.offset(last) + 1), "gatepost-epoch:" + Position.epoch(last));
    }

    @Test
    void anInboxThatIsPurgedBeginsAnewAndSaysSo() {
        List<ServerFrame> receipts = owner.publishAll("1", "2");
        try (Tab open = owner.tab("ack:client-individual")) {
            open.next(2);
            gatepost.shell("gatepost:queue-purge user." + owner.name());
            assertEquals(List.of(), owner.log());

            ServerFrame receipt = owner.publish("3");
            assertNotEquals(Position.epoch(receipts.get(0)), Position.epoch(receipt));
            ServerFrame next = open.next();
            assertEquals("3", next.text());
            assertEquals(Position.epoch(receipt), Position.epoch(next));
            assertTrue(Position.saysGap(next), "the tab stays, and is told");

            owner.publish("4");
            assertFalse(Position.saysGap(open.next()), "once");
            assertGap(behind(receipts.get(1)));
        }
    }

    @Test
    void whatHasExpiredIsNoGap() {
        ServerFrame first = owner.publish("1");
        owner.publish("2", "expires:" + (System.currentTimeMillis() + 200));
        await().until(() -> Position.texts(owner.log()), List.of("1")::equals);
        owner.publish("3");
        try (Tab tab = owner.tab(behind(first))) {
            assertFalse(Position.saysGap(tab.begun()));
            ServerFrame next = tab.next();
            assertEquals("3", next.text());
            assertFalse(Position.saysGap(next));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gatepost-start:sometimes",
                "gatepost-start:3",
                "gatepost-offset:-1",
                "gatepost-offset:one",
                "gatepost-offset:99999999999999999999"
            })
    void aPlaceThatIsNoneIsAnErrorThatNamesIt(String header) {
        AssertionError refused =
                assertThrows(AssertionError.class, () -> owner.tab(header).close());
        assertTrue(refused.getMessage().contains("ERROR"), refused::getMessage);
        assertTrue(refused.getMessage().contains(header.substring(0, header.indexOf(':'))), refused::getMessage);
    }

    @Test
    void aSubscriptionToAQueueThatIsNoInboxSaysNothingOfPlaces() {
        try (Tab tab = Tab.open(Transport.TCP, "system", "manager", "/queue/app.of." + owner.name())) {
            assertNull(tab.begun().header("gatepost-epoch"));
            assertNull(tab.begun().header("gatepost-head"));
        }
    }

    /** Five messages, of which the first and the third are done; returns the RECEIPTs of their SENDs. */
    private List<ServerFrame> someDone() {
        List<ServerFrame> receipts = owner.publishAll("1", "2", "3", "4", "5");
        try (Tab tab = owner.tab("ack:client-individual")) {
            List<ServerFrame> messages = tab.next(5);
            tab.acknowledge(messages.get(0));
            tab.acknowledge(messages.get(2));
        }
        return receipts;
    }

    /** The RECEIPT and the first message that comes say it, and no later one. */
    private void assertGap(String... start) {
        try (Tab tab = owner.tab(start)) {
            assertTrue(Position.saysGap(tab.begun()), () -> "no gap: " + tab.begun());
            owner.publish("behind the gap");
            ServerFrame message = tab.next();
            assertTrue(Position.saysGap(message), message::toString);
            while (!message.text().equals("behind the gap")) {
                message = tab.next();
                assertFalse(Position.saysGap(message), message::toString);
            }
        }
    }

    private static String[] behind(ServerFrame seen) {
        return new String[] {
            "ack:client", "gatepost-offset:" + Position.offset(seen), "gatepost-epoch:" + Position.epoch(seen)
        };
    }
}
