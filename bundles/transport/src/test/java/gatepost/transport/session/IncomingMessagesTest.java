package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.transport.frame.Frame;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ActiveMQTempQueue;
import org.apache.activemq.command.ActiveMQTopic;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.command.Message;
import org.apache.activemq.transport.DefaultTransportListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IncomingMessagesTest {

    private static final ActiveMQQueue QUEUE = new ActiveMQQueue("a");

    private final IncomingMessages messages = new IncomingMessages(new DestinationNames(
            new ConnectionId("c"), new BrokerLink(new DefaultTransportListener()), 1, Holdings.NONE));

    @Test
    void whatGoesToAQueueIsKeptOnADiskUnlessItsSenderSaysOtherwise() throws Exception {
        assertTrue(message(QUEUE).isPersistent());
        assertEquals(false, message(QUEUE, "persistent", "false").isPersistent());
        assertEquals(false, message(new ActiveMQTopic("a")).isPersistent());
        assertTrue(message(new ActiveMQTopic("a"), "persistent", "true").isPersistent());
        assertEquals(false, message(new ActiveMQTempQueue("c:1")).isPersistent());
    }

    @Test
    void theBodyIsKeptAsBytesWhateverItHolds() throws Exception {
        byte[] body = {0, 1, (byte) 0xff, 0};
        Message message = messages.message(new Frame("SEND", Map.of("content-type", "text/plain"), body), QUEUE);
        assertArrayEquals(body, message.getContent().toArray());
        assertEquals("text/plain", message.getProperty("content-type"));
    }

    @Test
    void whatJmsKnowsBecomesAJmsHeaderAndTheRestTravels() throws Exception {
        Message message = message(
                QUEUE, "correlation-id", "c", "type", "t", "JMSXGroupID", "g", "JMSXGroupSeq", "-3", "priority", "7");
        assertEquals("c", message.getCorrelationId());
        assertEquals("t", message.getType());
        assertEquals("g", message.getGroupID());
        assertEquals(-3, message.getGroupSequence());
        assertEquals(7, message.getPriority());
        assertEquals(Map.of(), message.getProperties());

        assertEquals("blue", message(QUEUE, "color", "blue").getProperty("color"));
    }

    /** Else a client could say who it is, how often its message came, or what a RECEIPT is for. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "JMSXUserID",
                "jmsxuserid",
                "gatepost-user",
                "Gatepost-User",
                " gatepost-user",
                "gatepost-user\t",
                "gatepost-user\u00a0",
                "\ufeffGATEPOST-USER\r",
                "gatepost-u\u017fer",
                "gatepost-user:alice",
                "gatepost-user\nx",
                "gatepost-settled",
                "gatepost-offset",
                "Gatepost-Offset ",
                "gatepost-epoch",
                "GATEPOST-EPOCH",
                "gatepost-gap",
                "\tgatepost-gap",
                "gatepost-state",
                "gatepost-state:done",
                "gatepost-head",
                "gatepost-head\r",
                "gatepost-replaces",
                " Gatepost-Replaces",
                "gatepost-refused",
                "gatepost-refused:full",
                "JMSXDeliveryCount",
                "originalExpiration",
                "originalDeliveryMode",
                "dlqDeliveryFailureCause",
                "original-destination",
                "message-id",
                "redelivered",
                "receipt",
                "transaction",
                "content-length",
                "destination"
            })
    void whatOnlyTheBrokerMaySayIsNotKept(String header) throws Exception {
        Message message = message(QUEUE, header, "forged");
        assertEquals(Map.of(), message.getProperties());
        assertEquals(null, message.getUserID());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Gatepost-Users", "gatepost-message-id", "my-gatepost-user", "gatepost.user", "user", "--"})
    void whatTheApplicationNamesItselfIsKept(String header) throws Exception {
        assertEquals("1", message(QUEUE, header, "1").getProperty(header));
    }

    /** Else its sender would believe that it has the meaning that another Gatepost gives it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "gatepost-users",
                "gatepost-user-name",
                "gatepost-upto",
                "gatepost-id ",
                "gatepost-inbox",
                "gatepost-start",
                "gatepost-device",
                "gatepost-history ",
                "gatepost-"
            })
    void whatHasAReservedNameAndNoMeaningIsRefused(String header) {
        assertEquals("the header " + header + " is unknown on SEND", refusal(header, "1"));
    }

    @Test
    void whetherAnInboxKeepsItTravelsToTheInbox() throws Exception {
        assertEquals("false", message(QUEUE, "gatepost-history", "False ").getProperty("gatepost-history"));
        assertEquals("true", message(QUEUE, "gatepost-history", "true").getProperty("gatepost-history"));
        assertEquals(
                "the header gatepost-history:no cannot be used: expected true or false",
                refusal("gatepost-history", "no"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"activemq.prefetchSize", "transformation"})
    void whatActiveMqWouldActUponIsRefused(String header) {
        assertTrue(refusal(header, "1").contains("the header " + header + " is not allowed on SEND"));
    }

    @ParameterizedTest
    @CsvSource({"priority,10", "priority,-1", "priority,high", "expires,-1", "timestamp,soon", "JMSXGroupSeq,1e12"})
    void aNumberThatCannotBeUsedIsRefusedByItsName(String header, String value) {
        assertTrue(refusal(header, value).contains(header), () -> refusal(header, value));
    }

    private String refusal(String header, String value) {
        return assertThrows(Refusal.class, () -> message(QUEUE, header, value)).getMessage();
    }

    private Message message(ActiveMQDestination destination, String... headers) throws Refusal, IOException {
        Map<String, String> all = new HashMap<>(Map.of("destination", "/queue/a"));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return messages.message(new Frame("SEND", all, new byte[0]), destination);
    }
}
