package gatepost.itests.inbox;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A device goes on where it was, whatever the others did meanwhile. */
@ExtendWith(Suite.class)
class DeviceIT {

    private static final String PHONE = "gatepost-device:phone";
    private static final Duration MOMENT = Duration.ofMillis(300);

    private final Gatepost gatepost = Suite.gatepost();
    private final Owner owner = Owner.next();

    @ParameterizedTest
    @EnumSource
    void aDeviceComesBackBehindWhatItHasAcknowledged(Transport transport) {
        owner.publishAll("1", "2", "3", "4");
        try (Tab phone = owner.tab(transport, PHONE, "ack:client-individual")) {
            List<ServerFrame> messages = phone.next(4);
            phone.acknowledge(messages.get(0));
            phone.acknowledge(messages.get(2));
        }
        readAll(2);
        try (Tab phone = owner.tab(transport, PHONE, "ack:client-individual")) {
            assertFalse(Position.saysGap(phone.begun()));
            List<ServerFrame> messages = phone.next(2);
            Position.assertInOrder(List.of("2", "4"), messages);
            assertTrue(messages.stream().allMatch(Position::isDone), "another tab had them");
            owner.publish("5");
            assertEquals("5", phone.next().text());
        }
    }

    @Test
    void aDeviceThatIsNewBeginsAsAnyTab() {
        owner.publishAll("1", "2", "3");
        try (Tab tab = owner.tab("ack:client-individual")) {
            tab.acknowledge(tab.next(2).get(1));
        }
        try (Tab phone = owner.tab(PHONE)) {
            assertFalse(Position.saysGap(phone.begun()));
            Position.assertInOrder(List.of("1", "3"), phone.next(2));
        }
        owner.publish("4");
        try (Tab phone = owner.tab(PHONE)) {
            assertEquals("4", phone.next().text(), "what was done when it came is not for it");
        }
    }

    @Test
    void theOthersDoNotWaitForADeviceThatIsAway() throws InterruptedException {
        try (Tab phone = owner.tab(PHONE)) {
            owner.publish("1");
            phone.next();
        }
        gatepost.apply(Suite.INBOX, Map.of("history.messages", "2"));
        try {
            owner.publishAll("2", "3", "4", "5");
            readAll(4);
            assertEquals(List.of("4", "5"), Position.texts(owner.log()), "the log does not grow for it");
            try (Tab phone = owner.tab(PHONE)) {
                assertTrue(Position.saysGap(phone.begun()), () -> "no gap: " + phone.begun());
                List<ServerFrame> messages = phone.next(2);
                Position.assertInOrder(List.of("4", "5"), messages);
                assertTrue(Position.saysGap(messages.get(0)));
                assertFalse(Position.saysGap(messages.get(1)));
            }
        } finally {
            gatepost.apply(Suite.INBOX, Suite.USUAL);
        }
    }

    /** Also when Gatepost is killed right after. */
    @Test
    void aPlaceIsOnTheDiskBeforeTheReceiptOfItsAcknowledgement() throws InterruptedException {
        owner.publishAll("1", "2", "3", "4");
        try (Tab phone = owner.tab(PHONE, "ack:client-individual")) {
            List<ServerFrame> messages = phone.next(4);
            for (int i : List.of(0, 1, 3)) {
                phone.acknowledge(messages.get(i));
            }
            gatepost.kill();
        }
        gatepost.start();
        try (Tab phone = owner.tab(PHONE, "ack:client-individual")) {
            assertEquals("3", phone.next().text());
            phone.client().expectSilence(MOMENT);
        }
    }

    @Test
    void inATransactionItsPlaceIsThatOfTheCommit() {
        owner.publishAll("1", "2", "3");
        try (Tab phone = owner.tab(PHONE, "ack:client-individual")) {
            List<ServerFrame> messages = phone.next(3);
            StompClient client = phone.client();
            client.done(ClientFrame.of("BEGIN", "transaction:kept"));
            phone.acknowledge(messages.get(0), "transaction:kept");
            client.done(ClientFrame.of("COMMIT", "transaction:kept"));
            client.done(ClientFrame.of("BEGIN", "transaction:dropped"));
            phone.acknowledge(messages.get(1), "transaction:dropped");
            client.done(ClientFrame.of("ABORT", "transaction:dropped"));
        }
        try (Tab phone = owner.tab(PHONE, "ack:client-individual")) {
            Position.assertInOrder(List.of("2", "3"), phone.next(2));
        }
    }

    @Test
    void anOffsetWinsForTheStart() {
        List<ServerFrame> receipts = owner.publishAll("1", "2", "3");
        try (Tab phone = owner.tab(PHONE)) {
            phone.next(3);
        }
        String offset = "gatepost-offset:" + Position.offset(receipts.get(0));
        try (Tab phone = owner.tab(PHONE, offset)) {
            Position.assertInOrder(List.of("2", "3"), phone.next(2));
        }
        owner.publish("4");
        try (Tab phone = owner.tab(PHONE)) {
            assertEquals("4", phone.next().text(), "its place did not go back");
        }
    }

    @Test
    void whoeverElseReadsHasDevicesOfTheirOwn() {
        owner.publishAll("1", "2");
        try (Tab phone = owner.administrator(PHONE)) {
            phone.next(2);
        }
        assertEquals(List.of("1", "2"), owner.waiting(), "an administrator takes nothing away");
        owner.publish("3");
        try (Tab phone = owner.administrator(PHONE)) {
            assertEquals("3", phone.next().text());
        }
        try (Tab phone = owner.tab(PHONE)) {
            Position.assertInOrder(List.of("1", "2", "3"), phone.next(3));
        }
    }

    @Test
    void oneDeviceTooManyMakesTheOneUnusedLongestForgotten() throws InterruptedException {
        gatepost.apply(Suite.INBOX, Map.of("devices.max", "2"));
        try {
            owner.publish("1");
            use("phone");
            use("laptop");
            use("phone");
            use("tablet");
            assertFalse(isTheGapTold("phone"));
            assertTrue(isTheGapTold("laptop"));

            try (Tab one = owner.tab("gatepost-device:one");
                    Tab two = owner.tab("gatepost-device:two")) {
                AssertionError refused = assertThrows(
                        AssertionError.class,
                        () -> owner.tab("gatepost-device:three").close());
                assertTrue(refused.getMessage().contains("devices.max"), refused.getMessage());
            }
        } finally {
            gatepost.apply(Suite.INBOX, Map.of("devices.max", "20"));
        }
    }

    private void use(String device) {
        try (Tab tab = owner.tab("gatepost-device:" + device)) {
            tab.unsubscribe();
        }
    }

    private boolean isTheGapTold(String device) {
        try (Tab tab = owner.tab("gatepost-device:" + device)) {
            return Position.saysGap(tab.begun());
        }
    }

    @Test
    void anInboxThatWasPurgedTellsEachDevice() {
        owner.publish("1");
        try (Tab phone = owner.tab(PHONE)) {
            phone.next();
        }
        gatepost.shell("gatepost:queue-purge user." + owner.name());
        owner.publish("2");
        try (Tab phone = owner.tab(PHONE)) {
            assertTrue(Position.saysGap(phone.begun()), () -> "no gap: " + phone.begun());
            assertEquals("2", phone.next().text());
        }
    }

    /** The owner's other tab has what waits. */
    private void readAll(int waiting) {
        try (Tab tab = owner.tab()) {
            tab.next(waiting);
            await().until(() -> owner.waiting().isEmpty());
        }
    }
}
