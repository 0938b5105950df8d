package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.InboxStart;
import gatepost.contracts.InboxStart.From;
import gatepost.transport.frame.Frame;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartHeadersTest {

    private static final ActiveMQQueue QUEUE = new ActiveMQQueue("user.alice");
    private static final String LONGEST_EPOCH = "0a-z".repeat(16);

    @Test
    void whoSaysNothingAsksForNothing() throws Refusal {
        assertEquals(Optional.empty(), start());
    }

    @ParameterizedTest
    @CsvSource({
        "oldest,OLDEST,0",
        "new,NEW,0",
        "' new',NEW,0",
        "-1,LAST,1",
        "-20,LAST,20",
        "-5.0,LAST,5",
        "-9223372036854775807,LAST,9223372036854775807"
    })
    void aStartIsAnEndOfTheLogOrSoManyOfItsLastMessages(String value, From from, long number) throws Refusal {
        assertEquals(Optional.of(new InboxStart(from, number, Optional.empty())), start("gatepost-start", value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Oldest", "newest", "5", "0", "-0", "-x", "-9223372036854775808", "all"})
    void anyOtherStartIsRefused(String value) {
        assertEquals(
                "the header gatepost-start:" + value
                        + " cannot be used: expected oldest, new, or -N for the last N messages",
                refusal("gatepost-start", value));
        assertEquals(refusal("gatepost-start", value), refusal("gatepost-start", value, "gatepost-offset", "1"));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "17,17", "9223372036854775807,9223372036854775807"})
    void anOffsetIsWhereTheClientHasGotTo(String value, long number) throws Refusal {
        assertEquals(
                Optional.of(new InboxStart(From.AFTER, number, Optional.empty())), start("gatepost-offset", value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "x", "9223372036854775808"})
    void anyOtherOffsetIsRefused(String value) {
        assertEquals(
                "the header gatepost-offset:" + value
                        + " cannot be used: expected a number from 0 to 9223372036854775807",
                refusal("gatepost-offset", value));
    }

    @Test
    void anOffsetWinsOverAStart() throws Refusal {
        assertEquals(
                Optional.of(new InboxStart(From.AFTER, 3, Optional.of("e-1"))),
                start("gatepost-start", "oldest", "gatepost-offset", "3", "gatepost-epoch", "e-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "e 1", "e_1", "ä", "e\n"})
    void anEpochOfOtherCharactersIsRefused(String value) {
        assertEquals(
                "the header gatepost-epoch:" + value + " cannot be used: expected 1 to 64 characters of 0-9, a-z and -",
                refusal("gatepost-offset", "1", "gatepost-epoch", value));
    }

    @Test
    void anEpochHasALongestOne() throws Refusal {
        assertEquals(
                Optional.of(LONGEST_EPOCH),
                start("gatepost-offset", "1", "gatepost-epoch", LONGEST_EPOCH).flatMap(InboxStart::epoch));
        assertEquals(
                "the header gatepost-epoch:" + LONGEST_EPOCH
                        + "0 cannot be used: expected 1 to 64 characters of 0-9, a-z and -",
                refusal("gatepost-offset", "1", "gatepost-epoch", LONGEST_EPOCH + "0"));
    }

    @Test
    void anEpochSaysNothingWithoutAnOffset() {
        String reason = "the header gatepost-epoch:e-1 cannot be used: expected the header gatepost-offset with it";
        assertEquals(reason, refusal("gatepost-epoch", "e-1"));
        assertEquals(reason, refusal("gatepost-epoch", "e-1", "gatepost-start", "new"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "queue://a,queue://b",
                "queue://user.*",
                "queue://user.>",
                "topic://a",
                "topic://a,queue://b",
                "temp-queue://c:1",
                "temp-topic://c:1"
            })
    void whereThereCanBeNoInboxNobodyBeginsAtAPlaceOfOne(String destination) throws Refusal {
        ActiveMQDestination other = ActiveMQDestination.createDestination(destination, ActiveMQDestination.QUEUE_TYPE);
        String expected = " cannot be used: expected the name of one queue as the destination";
        assertEquals("the header gatepost-start:new" + expected, refusal(other, "gatepost-start", "new"));
        assertEquals("the header gatepost-offset:3" + expected, refusal(other, "gatepost-offset", "3"));
        assertEquals(Optional.empty(), StartHeaders.of(frame(), other));
    }

    @Test
    void aDeviceSaysOfItselfNothingOfTheStart() throws Refusal {
        assertEquals(Optional.empty(), start("gatepost-device", "phone"));
        assertEquals(
                Optional.of(new InboxStart(From.AFTER, 3, Optional.empty())),
                start("gatepost-device", "phone", "gatepost-offset", "3"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gatepost-user",
                "gatepost-history",
                "gatepost-message-idea",
                "gatepost-inbox",
                "gatepost-id",
                "gatepost-start ",
                "gatepost-"
            })
    void whatSubscribeDoesNotKnowIsRefusedByItsName(String header) {
        assertEquals("the header " + header + " is unknown on SUBSCRIBE", refusal(header, "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Gatepost-Start", "my-gatepost-start", "gatepost.start"})
    void whatBeginsOtherwiseIsTheClientsOwn(String header) throws Refusal {
        assertEquals(Optional.empty(), start(header, "nonsense"));
    }

    @Test
    void messagesAreDoneByRequestWhereNoneWaitsForAnAck() throws Refusal {
        assertTrue(StartHeaders.isDoneByRequest(frame("gatepost-done", "by-request"), QUEUE));
        assertTrue(StartHeaders.isDoneByRequest(frame("gatepost-done", "by-request", "ack", "auto"), QUEUE));
        assertFalse(StartHeaders.isDoneByRequest(frame("ack", "client"), QUEUE));
        assertEquals(
                "the header gatepost-done:never cannot be used: expected by-request",
                doneRefusal(QUEUE, "gatepost-done", "never"));
        assertEquals(
                "the header gatepost-done:by-request cannot be used: expected ack:auto with it: no message waits for an ACK",
                doneRefusal(QUEUE, "gatepost-done", "by-request", "ack", "client"));
        assertEquals(
                "the header gatepost-done:by-request cannot be used: expected the name of one queue as the destination",
                doneRefusal(new ActiveMQQueue("user.>"), "gatepost-done", "by-request"));
    }

    @Test
    void whichInboxIsSaidOfTheOwnOneOnly() throws Refusal {
        assertEquals(Optional.empty(), start("destination", "/gatepost/inbox", "gatepost-inbox", "alerts"));
        assertEquals(
                "the header gatepost-inbox is unknown on SUBSCRIBE",
                refusal("destination", "/queue/user.alice", "gatepost-inbox", "alerts"));
    }

    private static String doneRefusal(ActiveMQDestination destination, String... headers) {
        return assertThrows(Refusal.class, () -> StartHeaders.isDoneByRequest(frame(headers), destination))
                .getMessage();
    }

    private static Optional<InboxStart> start(String... headers) throws Refusal {
        return StartHeaders.of(frame(headers), QUEUE);
    }

    private static String refusal(String... headers) {
        return refusal(QUEUE, headers);
    }

    private static String refusal(ActiveMQDestination destination, String... headers) {
        return assertThrows(Refusal.class, () -> StartHeaders.of(frame(headers), destination))
                .getMessage();
    }

    private static Frame frame(String... headers) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return new Frame("SUBSCRIBE", all, new byte[0]);
    }
}
