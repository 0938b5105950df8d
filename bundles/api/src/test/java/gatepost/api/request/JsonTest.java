package gatepost.api.request;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import gatepost.contracts.http.HttpHead;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "application/json; charset=utf-8", "Application/JSON", "application/json;x=y"
            })
    void jsonIsUnderstood(String type) {
        assertDoesNotThrow(() -> Json.require(head(Map.of("content-type", type))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/plain", "text/json", "application/jsonx", "application/x-www-form-urlencoded"})
    void anotherKindIsNot(String type) {
        CallRefused refused = assertThrows(CallRefused.class, () -> Json.require(head(Map.of("content-type", type))));
        assertEquals(Reason.MEDIA_TYPE, refused.reason());
    }

    @Test
    void aBodyOfNoKindIsNoJson() {
        assertThrows(CallRefused.class, () -> Json.require(head(Map.of())));
    }

    @Test
    void aBodyIsOneValue() throws CallRefused {
        assertEquals("x", read("{\"a\":\"x\"}").get("a").textValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\":1,}",
                "{\"a\":1,\"a\":2}",
                "{} {}",
                "{'a':1}",
                "NaN",
                "{\"a\":01}",
                "[1,]",
                "// x\n{}",
                "\u0000"
            })
    void whatIsNoJsonIsRefused(String text) {
        assertEquals(Reason.MALFORMED, refused(text).reason());
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        assertThrows(CallRefused.class, () -> Json.read(new byte[] {'"', (byte) 0xc3, '"'}));
    }

    @Test
    void aThousandBracketsAreTooDeep() {
        assertEquals(
                Reason.MALFORMED, refused("[".repeat(1000) + "]".repeat(1000)).reason());
    }

    @Test
    void aFaultSaysWhereItIsAndNotWhatIsThere() {
        String message = refused("{\"a\":1,\n \"secret\" 2}").getMessage();
        assertEquals("the body is not JSON (RFC 8259): line 2, column 11", message);
        assertFalse(message.contains("secret"), message);
    }

    private static CallRefused refused(String text) {
        return assertThrows(CallRefused.class, () -> read(text));
    }

    private static JsonNode read(String text) throws CallRefused {
        return Json.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpHead head(Map<String, String> headers) {
        return new HttpHead("POST", "/api/v1/messages", headers);
    }
}
