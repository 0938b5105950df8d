package gatepost.broker.queue;

import jakarta.jms.JMSException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.activemq.command.ActiveMQTextMessage;
import org.apache.activemq.command.Message;
import org.apache.activemq.util.ByteSequence;

/** What is in a message, for people. */
public final class MessageText {

    private MessageText() {}

    /** @return bytes of the body */
    public static int length(Message message) {
        ByteSequence content = message.getContent();
        return content == null ? 0 : content.getLength();
    }

    /**
     * @param characters at most so many, and behind them an ellipsis
     * @return the body as text; what is no UTF-8 is replaced
     */
    public static String of(Message message, int characters) throws IOException {
        String body;
        if (message instanceof ActiveMQTextMessage text) {
            try {
                body = String.valueOf(text.getText());
            } catch (JMSException e) {
                throw new IOException("the text of " + message.getMessageId() + " cannot be read", e);
            }
        } else {
            ByteSequence content = message.getContent();
            body = content == null
                    ? ""
                    : new String(content.getData(), content.getOffset(), content.getLength(), StandardCharsets.UTF_8);
        }
        return body.length() <= characters ? body : body.substring(0, characters) + "…";
    }
}
