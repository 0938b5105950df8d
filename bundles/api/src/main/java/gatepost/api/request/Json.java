package gatepost.api.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import gatepost.contracts.http.HttpAnswer;
import gatepost.contracts.http.HttpHead;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** JSON (RFC 8259) in both directions. */
public final class Json {

    private static final String TYPE = "application/json";
    /** Nobody means anything by more, and each level takes a piece of the stack. */
    private static final int DEPTH = 64;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** @throws CallRefused when the body is said to be something else */
    public static void require(HttpHead head) throws CallRefused {
        String type = head.header("content-type").orElse("");
        String name = type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        if (!name.equals(TYPE)) {
            throw new CallRefused(
                    Reason.MEDIA_TYPE,
                    "Content-Type is " + (type.isEmpty() ? "missing" : type) + ": expected " + TYPE,
                    "Content-Type");
        }
    }

    /** @throws CallRefused when it is none; says where, and nothing of what is there */
    public static JsonNode read(byte[] body) throws CallRefused {
        try {
            JsonNode node = MAPPER.readTree(body);
            if (node != null && !node.isMissingNode()) {
                requireCharacters(node);
                return node;
            }
        } catch (JsonProcessingException e) {
            JsonLocation place = e.getLocation();
            throw new CallRefused(
                    Reason.MALFORMED,
                    "the body is not JSON (RFC 8259)"
                            + (place == null ? "" : ": line " + place.getLineNr() + ", column " + place.getColumnNr()));
        } catch (IOException e) {
            throw new CallRefused(Reason.MALFORMED, "the body is not JSON in UTF-8 (RFC 8259)");
        }
        throw new CallRefused(Reason.MALFORMED, "the body is empty: expected JSON");
    }

    /** JSON can say half of a surrogate pair, which is no character and would go out as a question mark (RFC 8259, section 8.2). */
    private static void requireCharacters(JsonNode node) throws CallRefused {
        if (node.isTextual()) {
            requireCharacters(node.textValue());
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            requireCharacters(member.getKey());
        }
        for (JsonNode child : node) {
            requireCharacters(child);
        }
    }

    private static void requireCharacters(String text) throws CallRefused {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    throw new CallRefused(
                            Reason.UNUSABLE,
                            "the body has half of a surrogate pair in a string: expected characters of Unicode");
                }
                i++;
            }
        }
    }

    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** @return 200 with that */
    public static HttpAnswer answer(JsonNode node) {
        return answer(200, TYPE, node);
    }

    static HttpAnswer answer(int status, String type, JsonNode node) {
        return new HttpAnswer(status, Map.of("content-type", type), bytes(node));
    }

    /** @return 204 */
    public static HttpAnswer done() {
        return new HttpAnswer(204, Map.of(), new byte[0]);
    }
}
