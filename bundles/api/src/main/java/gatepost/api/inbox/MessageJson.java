package gatepost.api.inbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatepost.api.request.Json;
import gatepost.contracts.InboxHeaders;
import gatepost.contracts.InboxPage.Stored;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.apache.activemq.command.ActiveMQTextMessage;
import org.apache.activemq.command.Message;
import org.apache.activemq.util.ByteSequence;

/** A message of an inbox as its readers get it over HTTP. What its sender said in headers stands apart from what Gatepost says. */
final class MessageJson {

    private static final String RESERVED = "gatepost-";
    private static final String CONTENT_TYPE = "content-type";
    /** A name that senders give, in spite of its beginning. */
    private static final String SENDERS_ID = "gatepost-message-id";

    private MessageJson() {}

    /** @throws CallRefused when it cannot be read from where it is stored */
    static ObjectNode of(Stored stored) throws CallRefused {
        Message message = stored.message();
        try {
            ObjectNode json = Json.object();
            json.put("offset", stored.offset());
            put(json, "id", message.getProperty(InboxHeaders.ID));
            put(json, "from", message.getUserID());
            json.put("timestamp", message.getTimestamp());
            if (message.getExpiration() > 0) {
                json.put("expires", message.getExpiration());
            }
            if (message.getProperty(InboxHeaders.REPLACES) instanceof Long replaced) {
                json.put("replaces", replaced);
            }
            state(json.putArray("state"), stored.state());
            put(json, "contentType", message.getProperty(CONTENT_TYPE));
            body(json, message);
            headers(json, message);
            return json;
        } catch (IOException | JMSException e) {
            throw new CallRefused(Reason.FAILED, "the message at offset " + stored.offset() + " cannot be read");
        }
    }

    private static void put(ObjectNode json, String name, Object value) {
        if (value != null) {
            json.put(name, value.toString());
        }
    }

    private static void state(ArrayNode states, String state) {
        if (!state.isEmpty()) {
            for (String each : state.split(",")) {
                states.add(each);
            }
        }
    }

    private static void body(ObjectNode json, Message message) throws JMSException {
        if (message instanceof ActiveMQTextMessage text) {
            json.put("body", text.getText() == null ? "" : text.getText());
            return;
        }
        ByteSequence content = message.getContent();
        ByteBuffer bytes = content == null
                ? ByteBuffer.allocate(0)
                : ByteBuffer.wrap(content.getData(), content.getOffset(), content.getLength());
        try {
            json.put(
                    "body",
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(bytes.duplicate())
                            .toString());
        } catch (CharacterCodingException e) {
            // it is no text, and JSON has nothing else
            byte[] raw = new byte[bytes.remaining()];
            bytes.get(raw);
            json.put("base64", Base64.getEncoder().encodeToString(raw));
        }
    }

    private static void headers(ObjectNode json, Message message) throws IOException {
        ObjectNode headers = Json.object();
        put(headers, "correlation-id", message.getCorrelationId());
        put(headers, "type", message.getType());
        for (Map.Entry<String, Object> property : message.getProperties().entrySet()) {
            String name = property.getKey();
            boolean own = name.regionMatches(true, 0, RESERVED, 0, RESERVED.length()) && !name.equals(SENDERS_ID);
            if (!own && !name.equals(CONTENT_TYPE)) {
                headers.put(name, String.valueOf(property.getValue()));
            }
        }
        if (!headers.isEmpty()) {
            json.set("headers", headers);
        }
    }
}
