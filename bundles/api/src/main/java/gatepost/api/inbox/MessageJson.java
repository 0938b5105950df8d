package gatepost.api.inbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatepost.api.request.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** A message of an inbox as its readers get it over HTTP. What its sender said in headers stands apart from what Gatepost says. */
public final class MessageJson {

    private MessageJson() {}

    /** @param headers as of a MESSAGE frame */
    public static ObjectNode of(Map<String, String> headers, byte[] body) {
        ObjectNode json = Json.object();
        ObjectNode senders = Json.object();
        ArrayNode state = Json.array();
        headers.forEach((name, value) -> {
            switch (name) {
                case "gatepost-offset" -> json.put("offset", Long.parseLong(value));
                case "gatepost-epoch" -> json.put("epoch", value);
                case "gatepost-replaces" -> json.put("replaces", Long.parseLong(value));
                case "gatepost-gap" -> json.put("gap", true);
                case "gatepost-id" -> json.put("id", value);
                case "gatepost-user" -> json.put("from", value);
                case "gatepost-state" -> {
                    for (String each : value.split(",")) {
                        state.add(each);
                    }
                }
                case "message-id" -> json.put("messageId", value);
                case "timestamp" -> json.put("timestamp", Long.parseLong(value));
                case "expires" -> json.put("expires", Long.parseLong(value));
                case "redelivered" -> json.put("redelivered", true);
                case "content-type" -> json.put("contentType", value);
                // what speaks of the frame, or is so for everything that has an offset
                case "destination", "subscription", "ack", "persistent" -> {}
                default -> senders.put(name, value);
            }
        });
        json.set("state", state);
        body(json, body);
        if (!senders.isEmpty()) {
            json.set("headers", senders);
        }
        return json;
    }

    private static void body(ObjectNode json, byte[] body) {
        try {
            json.put(
                    "body",
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(body))
                            .toString());
        } catch (CharacterCodingException e) {
            // it is no text, and JSON has nothing else
            json.put("base64", Base64.getEncoder().encodeToString(body));
        }
    }
}
