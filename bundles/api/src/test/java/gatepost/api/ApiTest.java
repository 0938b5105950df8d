package gatepost.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import gatepost.contracts.http.HttpAnswer;
import gatepost.contracts.http.HttpHead;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTest {

    private final Api api = new Api(new NamedInboxes("user"), null);

    @ParameterizedTest
    @CsvSource({
        "POST, /messages",
        "DELETE, /messages?user=a&id=b",
        "GET, /users/a",
        "HEAD, /users/a",
        "GET, /users?user=a%2Fb",
        "GET, /users/a/messages?limit=1",
        "PUT, /users/a/seen",
        "PATCH, /users/a/messages/7"
    })
    void whatSpeaksOfInboxesIsForWhoSignsIn(String method, String target) throws CallRefused {
        assertFalse(api.find(head(method, target)).isPublic());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void everybodyMayReadWhatThereIs(String method) throws CallRefused {
        HttpAnswer answer = (HttpAnswer) api.find(head(method, "/openapi.json")).begin(null);
        assertEquals(200, answer.status());
        assertTrue(new String(answer.body(), StandardCharsets.UTF_8).startsWith("{"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/users", "/messages/", "/users/a/b", "/openapi.json/"})
    void anotherPathIsNotFound(String target) {
        assertEquals(Reason.NOT_FOUND, refused("GET", target).reason());
    }

    @Test
    void anotherMethodIsToldWhichThereAre() throws CallRefused {
        // RFC 9110, section 15.5.6: it has to be a header
        HttpAnswer answer = (HttpAnswer) api.find(head("PUT", "/messages")).begin(null);
        assertEquals(405, answer.status());
        assertEquals("DELETE, POST", answer.headers().get("allow"));
        HttpAnswer other =
                (HttpAnswer) api.find(head("get", "/users/a/messages")).begin(null);
        assertEquals("GET, HEAD", other.headers().get("allow"));
    }

    @Test
    void aRefusalIsAProblemThatSaysWhere() {
        HttpAnswer answer = api.answer(new CallRefused(Reason.UNUSABLE, "ttl is 0", "[3].ttl"));
        assertEquals(422, answer.status());
        assertEquals("application/problem+json", answer.headers().get("content-type"));
        assertEquals(
                "{\"title\":\"Something in the request cannot be used\",\"status\":422,\"detail\":\"ttl is 0\",\"field\":\"[3].ttl\"}",
                new String(answer.body(), StandardCharsets.UTF_8));
    }

    private CallRefused refused(String method, String target) {
        return assertThrows(CallRefused.class, () -> api.find(head(method, target)));
    }

    private static HttpHead head(String method, String target) {
        return new HttpHead(method, "/api/v1" + target, Map.of());
    }
}
