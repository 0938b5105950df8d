package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.InboxDispatch;
import gatepost.transport.frame.StompVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.activemq.command.ActiveMQBytesMessage;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ActiveMQTextMessage;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageDispatch;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.transport.DefaultTransportListener;
import org.apache.activemq.util.ByteSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutgoingMessagesTest {

    private final DestinationNames names = new DestinationNames(
            new ConnectionId("c"), new BrokerLink(new DefaultTransportListener()), 1, Holdings.NONE);

    @Test
    void aFrameSaysWhereItsMessageIsFromAndWhatIsUnusual() throws Exception {
        Message message = message(new ActiveMQBytesMessage());
        message.setTimestamp(5);
        assertEquals("""
                MESSAGE
                destination:/queue/a
                subscription:s
                message-id:p\\c1\\c1\\c1
                ack:7
                timestamp:5

                \0
                """, frame(message));

        message.setPersistent(true);
        message.setPriority((byte) 9);
        message.setExpiration(6);
        message.setRedeliveryCounter(1);
        message.setOriginalDestination(new ActiveMQQueue("b"));
        String frame = frame(message);
        assertTrue(frame.contains("\nexpires:6\npriority:9\npersistent:true\nredelivered:true\n"), frame);
        assertTrue(frame.contains("\noriginal-destination:/queue/b\n"), frame);
    }

    @Test
    void aFrameSaysWhoSentItsMessageWhereThatIsKnown() throws Exception {
        Message message = message(new ActiveMQBytesMessage());
        message.setProperty("gatepost-user", "forged");
        message.setProperty("Gatepost-User ", "forged");
        message.setProperty("JMSXUserID", "forged");
        assertFalse(frame(message).contains("forged"), frame(message));

        message.setUserID("a\\\u00fc");
        String frame = frame(message);
        assertTrue(frame.contains("\nmessage-id:p\\c1\\c1\\c1\ngatepost-user:a\\\\\u00fc\nack:7\n"), frame);
        assertFalse(frame.contains("forged"), frame);
    }

    @Test
    void aFrameSaysWhatAnInboxSaysOfItsMessage() throws Exception {
        Message message = message(new ActiveMQBytesMessage());
        message.setUserID("bob");
        String frame = frame(message, new InboxDispatch("e-1", 17, true, true, "done,read", 0));
        assertTrue(frame.contains("""

                        gatepost-user:bob
                        gatepost-offset:17
                        gatepost-epoch:e-1
                        gatepost-gap:true
                        gatepost-state:done,read
                        ack:7
                        """), frame);
        assertTrue(frame.contains("\nredelivered:true\n"), frame);
    }

    @Test
    void aFrameSaysByWhichNameItsSenderKnowsItsMessageAndWhichOneItReplaces() throws Exception {
        Message message = message(new ActiveMQBytesMessage());
        message.setProperty("gatepost-id", "order-7");
        message.setProperty("gatepost-once", "hidden");
        message.setProperty("gatepost-collapse", "hidden");
        message.setProperty("gatepost-if-full", "hidden");
        message.setProperty("gatepost-replaces", "forged");
        String frame = frame(message, new InboxDispatch("e-1", 17, false, false, "", 9));
        assertTrue(frame.contains("""

                        gatepost-id:order-7
                        gatepost-offset:17
                        gatepost-epoch:e-1
                        gatepost-replaces:9
                        ack:7
                        """), frame);
        assertFalse(frame.contains("hidden"), frame);
        assertFalse(frame.contains("forged"), frame);
        assertTrue(frame(message).contains("\ngatepost-id:order-7\n"), frame);
    }

    @Test
    void ofWhatIsUsualInAnInboxNothingIsSaid() throws Exception {
        Message message = message(new ActiveMQBytesMessage());
        assertFalse(
                frame(message, new InboxDispatch("e-1", 0, false, false, "", 0)).contains("gatepost-"));

        String frame = frame(message, new InboxDispatch("e-1", 1, false, false, "", 0));
        assertTrue(frame.contains("\ngatepost-offset:1\ngatepost-epoch:e-1\nack:7\n"), frame);
    }

    /** The message is one for all subscriptions, and what one of them had says nothing of another. */
    @Test
    void howOftenAMessageCameIsSaidByTheInbox() throws Exception {
        Message message = message(new ActiveMQBytesMessage());
        message.setRedeliveryCounter(1);
        assertFalse(
                frame(message, new InboxDispatch("e-1", 1, false, false, "", 0)).contains("redelivered"));
        assertTrue(frame(message).contains("redelivered"));
    }

    /** Whoever sends the message on as it came would be refused, or be taken for who said so. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "gatepost-offset",
                "Gatepost-Offset",
                "gatepost-epoch",
                "gatepost-gap",
                "gatepost-state",
                "gatepost-head",
                "gatepost-settled",
                "gatepost-history",
                "gatepost-later"
            })
    void aPropertyThatHasAReservedNameIsNotWritten(String name) throws Exception {
        Message message = message(new ActiveMQBytesMessage());
        message.setProperty(name, "forged");
        assertFalse(frame(message).contains("forged"), frame(message));
    }

    @Test
    void theIdThatASenderGaveItsMessageIsWritten() throws Exception {
        Message message = message(new ActiveMQBytesMessage());
        message.setProperty("gatepost-message-id", "1");
        assertTrue(frame(message).contains("\ngatepost-message-id:1\n"), frame(message));
    }

    /** Else a sender that speaks JMS could say from where a message is, or how it is to be acknowledged. */
    @Test
    void aPropertyDoesNotTakeThePlaceOfAHeader() throws Exception {
        Message message = message(new ActiveMQBytesMessage());
        for (String name : new String[] {"destination", "ack", "subscription", "message-id", "content-length"}) {
            message.setProperty(name, "forged");
        }
        message.setProperty("color", "blue");

        String frame = frame(message);
        assertTrue(frame.contains("\ncolor:blue\n"), frame);
        assertFalse(frame.contains("forged"), frame);
    }

    @Test
    void aTextOfJmsIsWrittenInUtf8() throws Exception {
        ActiveMQTextMessage text = new ActiveMQTextMessage();
        text.setText("grüß dich");
        String frame = frame(message(text));
        assertTrue(frame.endsWith("\ncontent-length:11\n\ngrüß dich\0\n"), frame);

        assertTrue(frame(message(new ActiveMQTextMessage())).endsWith("\n\n\0\n"));
    }

    @Test
    void theBodyIsThePartOfTheContentThatIsTheMessages() throws Exception {
        Message message = message(new ActiveMQBytesMessage());
        message.setContent(new ByteSequence("xxhelloxx".getBytes(StandardCharsets.UTF_8), 2, 5));
        assertTrue(frame(message).endsWith("\n\nhello\0\n"));
    }

    @Test
    void theEndOfABrowsedQueueIsMarked() {
        ByteBuf frame =
                OutgoingMessages.endOfBrowsing(UnpooledByteBufAllocator.DEFAULT, "/queue/a", "s", StompVersion.V1_2);
        String text = frame.toString(StandardCharsets.UTF_8);
        frame.release();
        assertTrue(text.startsWith("MESSAGE\ndestination:/queue/a\nsubscription:s\nmessage-id:0\nbrowser:end\n"), text);
    }

    private static Message message(Message message) {
        message.setDestination(new ActiveMQQueue("a"));
        message.setMessageId(new MessageId("p:1:1", 1));
        message.setPriority((byte) 4);
        message.setPersistent(false);
        return message;
    }

    private String frame(Message message) throws IOException {
        return frame(message, new MessageDispatch());
    }

    private String frame(Message message, MessageDispatch dispatch) throws IOException {
        dispatch.setMessage(message);
        ByteBuf frame =
                OutgoingMessages.frame(UnpooledByteBufAllocator.DEFAULT, dispatch, "s", "7", StompVersion.V1_2, names);
        String text = frame.toString(StandardCharsets.UTF_8);
        frame.release();
        return text;
    }
}
