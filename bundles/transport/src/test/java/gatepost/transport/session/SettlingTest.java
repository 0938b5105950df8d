package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.Durability;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.activemq.command.MessageAck;
import org.apache.activemq.command.TransactionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which ACK and NACK settle something, and what their receipts say. */
class SettlingTest extends ConversationTest {

    @ParameterizedTest
    @EnumSource
    void anAckOfWhatWaitsSettlesItAndNothingIsSaidOfThat(Version version) throws Exception {
        Map<String, String> message = received(version, "client-individual");
        send("ACK", version.naming(message), "receipt", "r");

        assertEquals(List.of(Map.of("", "RECEIPT", "receipt-id", "r")), answers);
        assertEquals(1, broker.commands(MessageAck.class).size());
        assertUnsettled(0);
    }

    @ParameterizedTest
    @EnumSource
    void aSecondAckSettlesNothing(Version version) throws Exception {
        Map<String, String> message = received(version, "client");
        send("ACK", version.naming(message));
        send("ACK", version.naming(message), "receipt", "r");
        send("ACK", version.naming(message));

        assertEquals(List.of(unsettled("r")), answers);
        assertEquals(1, broker.commands(MessageAck.class).size());
        assertUnsettled(2);
    }

    @ParameterizedTest
    @EnumSource
    void anAckAfterUnsubscribeSettlesNothing(Version version) throws Exception {
        Map<String, String> message = received(version, "client");
        send("UNSUBSCRIBE", Map.of("id", "s"));
        send("ACK", version.naming(message), "receipt", "r");

        assertEquals(List.of(unsettled("r")), answers);
        assertEquals(List.of(), broker.commands(MessageAck.class));
        assertUnsettled(1);
    }

    @ParameterizedTest
    @EnumSource
    void anAckOfAnOlderMessageAfterANewerOneSettlesNothing(Version version) throws Exception {
        Map<String, String> older = received(version, "client");
        send("SEND", Map.of("destination", "/queue/a"));
        Map<String, String> newer = answers.remove(0);
        send("ACK", version.naming(newer), "receipt", "1");
        send("ACK", version.naming(older), "receipt", "2");

        assertEquals(List.of(Map.of("", "RECEIPT", "receipt-id", "1"), unsettled("2")), answers);
        assertEquals(1, broker.commands(MessageAck.class).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACK", "NACK"})
    void whatNeverWaitedHereSettlesNothingInsideATransactionEither(String command) throws Exception {
        received(Version.V1_2, "client-individual");
        send("BEGIN", Map.of("transaction", "t"));
        send(command, Map.of("id", "1-2", "transaction", "t"), "receipt", "r");
        send("COMMIT", Map.of("transaction", "t"), "receipt", "c");

        assertEquals(List.of(unsettled("r"), Map.of("", "RECEIPT", "receipt-id", "c")), answers);
        assertEquals(List.of(), broker.commands(MessageAck.class));
        assertUnsettled(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACK", "NACK"})
    void aMissingIdIsAnError(String command) throws Exception {
        received(Version.V1_2, "client");
        send(command, Map.of("id", ""), "receipt", "r");

        assertEquals("ERROR", answers.get(0).get(""));
    }

    @ParameterizedTest
    @EnumSource(names = {"V1_1", "V1_2"})
    void aNackThatIsToPutItsMessageBackIsRefused(Version version) throws Exception {
        Map<String, String> message = received(version, "client");
        send("NACK", version.naming(message), "requeue", "true");

        assertEquals("ERROR", answers.get(0).get(""));
        assertEquals(
                "the header requeue:true cannot be used: a NACK refuses its message for good",
                answers.get(0).get("message"));
        assertEquals(List.of(), broker.commands(MessageAck.class));
    }

    @ParameterizedTest
    @EnumSource(names = {"V1_1", "V1_2"})
    void aNackInATransactionIsForgottenWhenItsSubscriptionEnds(Version version) throws Exception {
        Map<String, String> message = received(version, "client-individual");
        send("BEGIN", Map.of("transaction", "t"));
        Map<String, String> nack = new HashMap<>(version.naming(message));
        nack.put("transaction", "t");
        send("NACK", nack);
        send("UNSUBSCRIBE", Map.of("id", "s"));
        send("COMMIT", Map.of("transaction", "t"), "receipt", "c");

        assertEquals(List.of(Map.of("", "RECEIPT", "receipt-id", "c")), answers);
        assertEquals(2, broker.commands(TransactionInfo.class).size());
        assertEquals(List.of(), broker.commands(MessageAck.class), "the broker has no such subscription any more");
    }

    /** What waits in the queue is dispatched while the broker makes the subscription. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theReceiptOfASubscribeComesBeforeItsMessages(boolean receipt) throws Exception {
        connect(Version.V1_2);
        broker.waits("1", "2");
        Map<String, String> subscribe = Map.of("id", "s", "destination", "/queue/a", "ack", "client");
        if (receipt) {
            send("SUBSCRIBE", subscribe, "receipt", "r");
            assertEquals(Map.of("", "RECEIPT", "receipt-id", "r"), answers.remove(0));
        } else {
            send("SUBSCRIBE", subscribe);
        }
        assertEquals(
                List.of("1", "2"),
                answers.stream().map(answer -> answer.get("name")).toList());

        send("SEND", Map.of("destination", "/queue/a", "name", "3"));
        assertEquals("3", answers.get(2).get("name"));
    }

    /** The receipts of earlier messages, which are on their way to the disk, come first. */
    @ParameterizedTest
    @ValueSource(strings = {"client", "auto"})
    void messagesWaitAsLongAsTheReceiptOfTheirSubscribeDoes(String ack) throws Exception {
        connect(Version.V1_2);
        Durability disk = broker.slowDisk();
        send("SEND", Map.of("destination", "/topic/a"), "receipt", "1");
        broker.waits("1");
        send("SUBSCRIBE", Map.of("id", "s", "destination", "/queue/a", "ack", ack), "receipt", "2");
        assertEquals(List.of(), answers);

        disk.safe();
        turn();
        assertEquals(
                List.of("RECEIPT", "RECEIPT", "MESSAGE"),
                answers.stream().map(answer -> answer.get("")).toList());
    }

    /** In another tab or on another device: an inbox says so. */
    @ParameterizedTest
    @EnumSource
    void anAckOfWhatIsDoneElsewhereSettlesNothing(Version version) throws Exception {
        Map<String, String> message = received(version, "client-individual");
        broker.doneElsewhere(message.get("message-id"));
        send("ACK", version.naming(message), "receipt", "r");

        assertEquals(List.of(unsettled("r")), answers);
        assertEquals(1, broker.commands(MessageAck.class).size());
        assertUnsettled(1);
    }

    @Test
    void anAckOfWhatIsDoneElsewhereIsCountedWithoutAReceiptToo() throws Exception {
        Map<String, String> message = received(Version.V1_2, "client-individual");
        broker.doneElsewhere(message.get("message-id"));
        send("ACK", Version.V1_2.naming(message));

        assertEquals(List.of(), answers);
        assertUnsettled(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"V1_1", "V1_2"})
    void aNackOfWhatIsDoneElsewhereSettlesNothing(Version version) throws Exception {
        Map<String, String> message = received(version, "client-individual");
        broker.doneElsewhere(message.get("message-id"));
        send("NACK", version.naming(message), "receipt", "r");

        assertEquals(List.of(unsettled("r")), answers);
        assertUnsettled(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofSeveralItIsEnoughThatOneIsSettled(boolean everyOne) throws Exception {
        Map<String, String> older = received(Version.V1_2, "client");
        send("SEND", Map.of("destination", "/queue/a"));
        Map<String, String> newer = answers.remove(0);
        broker.doneElsewhere(older.get("message-id"));
        if (everyOne) {
            broker.doneElsewhere(newer.get("message-id"));
        }
        send("NACK", Version.V1_2.naming(newer), "receipt", "r");

        assertEquals(List.of(everyOne ? unsettled("r") : Map.of("", "RECEIPT", "receipt-id", "r")), answers);
        assertEquals(2, broker.commands(MessageAck.class).size());
        assertUnsettled(everyOne ? 1 : 0);
    }

    private Map<String, String> received(Version version, String ack) throws Exception {
        connect(version);
        send("SUBSCRIBE", Map.of("id", "s", "destination", "/queue/a", "ack", ack));
        send("SEND", Map.of("destination", "/queue/a"));
        return answers.remove(0);
    }

    private static Map<String, String> unsettled(String receipt) {
        return Map.of("", "RECEIPT", "receipt-id", receipt, "gatepost-settled", "false");
    }

    private void assertUnsettled(int expected) {
        String text = metrics.scrape().toString();
        double counted = metrics.scrape().stream()
                .filter(metric -> metric.getMetadata().getName().equals("gatepost_acknowledgements_unsettled"))
                .flatMap(metric -> metric.getDataPoints().stream())
                .mapToDouble(point -> ((CounterDataPointSnapshot) point).getValue())
                .sum();
        assertEquals(expected, (int) counted, text);
        assertTrue(transport.isSignedIn());
    }
}
