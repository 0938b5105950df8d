package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.transport.frame.Frame;
import gatepost.transport.frame.StompVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageDispatch;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.command.Response;
import org.apache.activemq.transport.DefaultTransportListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a SEND's headers on their way through the broker. */
class MessageHeadersTest {

    private final BrokerLink broker = new BrokerLink(new DefaultTransportListener() {
        @Override
        public void onCommand(Object command) {
            broker.response(new Response());
        }
    });
    private final DestinationNames sender = new DestinationNames(new ConnectionId("c1"), broker, 1, Holdings.NONE);
    private final DestinationNames receiver = new DestinationNames(new ConnectionId("c2"), broker, 1, Holdings.NONE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b.c,d@e",
                "a@b.c",
                "/exchange/x",
                "",
                "queue://a",
                "/queue/a?b=c",
                "/queue/a",
                "reply to me",
                "/topic/a",
                "/remote-temp-queue/x:1"
            })
    void aReplyToReachesTheReceiverAsItIs(String text) throws Exception {
        assertTrue(received(sent("reply-to", text)).contains("\nreply-to:" + text.replace(":", "\\c") + "\n"));
    }

    @Test
    void aTemporaryQueueReachesTheReceiverByTheNameThatOthersSendTo() throws Exception {
        String name = receiver.name(sent("reply-to", "/temp-queue/mine").getReplyTo());
        assertTrue(name.startsWith("/remote-temp-queue/c1:"), name);
        assertTrue(received(sent("reply-to", "/temp-queue/mine"))
                .contains("\nreply-to:" + name.replace(":", "\\c") + "\n"));
        assertEquals(
                "temp-queue://" + name.substring("/remote-temp-queue/".length()),
                receiver.destination(name, "").getQualifiedName());
    }

    @Test
    void aReplyToThatIsADestinationIsOneForJmsToo() throws Exception {
        assertEquals(new ActiveMQQueue("a"), sent("reply-to", "queue://a").getReplyTo());
        assertNull(sent("reply-to", "a@b.c,d@e").getReplyTo());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"AMQ_SCHEDULED_DELAY", "AMQ_SCHEDULED_PERIOD", "AMQ_SCHEDULED_REPEAT", "AMQ_SCHEDULED_CRON"})
    void whatWouldBeScheduledIsRefused(String header) {
        Refusal refusal = assertThrows(Refusal.class, () -> sent(header, "1000"));
        assertTrue(
                refusal.getMessage().contains(header) && refusal.getMessage().contains("scheduled"),
                refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"priority,7.0,7", "priority, 9 ,9", "expires,9999999999999.5,9999999999999"})
    void numbersAreTakenHoweverALanguageWritesThem(String header, String value, String expected) throws Exception {
        assertTrue(received(sent(header, value)).contains("\n" + header + ":" + expected + "\n"));
    }

    @Test
    void pythonsTrueIsTrue() throws Exception {
        assertTrue(sent("persistent", "True").isPersistent());
        assertFalse(sent("persistent", "False").isPersistent());
    }

    private Message sent(String header, String value) throws Refusal {
        Map<String, String> headers = new HashMap<>(Map.of("destination", "/queue/q"));
        headers.put(header, value);
        Message message =
                new IncomingMessages(sender).message(new Frame("SEND", headers, new byte[0]), new ActiveMQQueue("q"));
        message.setMessageId(new MessageId("p:1:1", 1));
        return message;
    }

    private String received(Message message) throws IOException {
        MessageDispatch dispatch = new MessageDispatch();
        dispatch.setMessage(message);
        ByteBuf frame = OutgoingMessages.frame(
                UnpooledByteBufAllocator.DEFAULT, dispatch, "s", null, StompVersion.V1_2, receiver);
        String text = frame.toString(StandardCharsets.UTF_8);
        frame.release();
        return text;
    }
}
