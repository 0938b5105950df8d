package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatepost.transport.frame.Frame;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.command.Message;
import org.apache.activemq.transport.DefaultTransportListener;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a SEND may say to an inbox. */
class SendHeadersTest {

    private static final ActiveMQQueue QUEUE = new ActiveMQQueue("user.alice");
    private static final String LONGEST = "!order-7".repeat(16);

    private final IncomingMessages messages = new IncomingMessages(new DestinationNames(
            new ConnectionId("c"), new BrokerLink(new DefaultTransportListener()), 1, Holdings.NONE));

    @ParameterizedTest
    @CsvSource({
        "gatepost-id,order-7/{x}~,order-7/{x}~",
        "gatepost-once,welcome,welcome",
        "gatepost-collapse,build,build",
        "gatepost-if-full,' skip',skip",
        "gatepost-history,False,false"
    })
    void whatIsSaidToTheInboxTravelsToIt(String header, String value, String travels) throws Exception {
        assertEquals(travels, message(QUEUE, header, value).getProperty(header));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gatepost-id", "gatepost-once", "gatepost-collapse"})
    void aNameHasALongestOne(String header) throws Exception {
        assertEquals(LONGEST, message(QUEUE, header, LONGEST).getProperty(header));
        assertEquals(
                "the header " + header + ":" + LONGEST
                        + "x cannot be used: expected 1 to 128 printable characters of ASCII without spaces",
                refusal(QUEUE, header, LONGEST + "x"));
    }

    @ParameterizedTest
    @CsvSource({
        "gatepost-id,''",
        "gatepost-id,a b",
        "gatepost-once,' '",
        "gatepost-once,'a\u0007'",
        "gatepost-collapse,\u00e4",
        "gatepost-collapse,'a\n'",
        "gatepost-id,\u007f"
    })
    void anyOtherNameIsRefused(String header, String value) {
        assertEquals(
                "the header " + header + ":" + value
                        + " cannot be used: expected 1 to 128 printable characters of ASCII without spaces",
                refusal(QUEUE, header, value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Skip", "refuse", "true"})
    void whatIsFullCanOnlyBeSkipped(String value) {
        assertEquals(
                "the header gatepost-if-full:" + value + " cannot be used: expected skip",
                refusal(QUEUE, "gatepost-if-full", value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gatepost-id", "gatepost-once", "gatepost-collapse"})
    void whatLooksForAnotherMessageCannotDoSoInATransaction(String header) {
        assertEquals(
                "the header " + header
                        + ":7 cannot be used in a transaction: offsets are given at COMMIT, and ids are not looked at there",
                refusal(QUEUE, header, "7", "transaction", "t"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gatepost-id", "gatepost-once", "gatepost-collapse"})
    void whatLooksForAnotherMessageNeedsOneThatIsKept(String header) {
        assertEquals(
                "the header " + header + ":7 cannot be used: expected no header persistent:false with it",
                refusal(QUEUE, header, "7", "persistent", "False"));
    }

    @ParameterizedTest
    @CsvSource({
        "gatepost-id,'queue://a,queue://b'",
        "gatepost-once,queue://user.*",
        "gatepost-collapse,queue://user.>",
        "gatepost-id,topic://a",
        "gatepost-once,temp-queue://c:1",
        "gatepost-collapse,temp-topic://c:1"
    })
    void whereThereCanBeNoInboxNothingIsLookedFor(String header, String destination) {
        ActiveMQDestination other = ActiveMQDestination.createDestination(destination, ActiveMQDestination.QUEUE_TYPE);
        assertEquals(
                "the header " + header + ":7 cannot be used: expected the name of one queue as the destination",
                refusal(other, header, "7", "persistent", "true"));
    }

    @ParameterizedTest
    @CsvSource({"gatepost-if-full,skip", "gatepost-history,false"})
    void whatLooksForNothingIsNotBoundToAPlace(String header, String value) throws Exception {
        Message message = message(new ActiveMQQueue("a,b"), header, value, "transaction", "t", "persistent", "false");
        assertEquals(value, message.getProperty(header));
    }

    private String refusal(ActiveMQDestination destination, String... headers) {
        return assertThrows(Refusal.class, () -> message(destination, headers)).getMessage();
    }

    private Message message(ActiveMQDestination destination, String... headers) throws Refusal, IOException {
        Map<String, String> all = new HashMap<>(Map.of("destination", "/queue/a"));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return messages.message(new Frame("SEND", all, new byte[0]), destination);
    }
}
