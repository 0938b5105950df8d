package gatepost.itests.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatepost.itests.harness.library.Json;

/**
 * A webhook was called.
 *
 * @param path with the query
 * @param at when it came, milliseconds since 1970
 * @param status what was answered
 */
record Call(String path, String id, String timestamp, String signature, String body, long at, int status) {

    JsonNode json() {
        return Json.read(body);
    }

    String type() {
        return json().get("type").asText();
    }

    /** @return empty for what is about no user */
    String user() {
        return json().get("data").path("user").asText();
    }

    JsonNode data(String name) {
        return json().get("data").path(name);
    }

    boolean isTaken() {
        return status / 100 == 2;
    }

    /** @return for {@code verify.mjs} */
    String line(String secret) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("secret", secret);
        line.put("id", id);
        line.put("timestamp", timestamp);
        line.put("signature", signature);
        line.put("body", body);
        return line.toString();
    }
}
