package gatepost.transport.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import gatepost.contracts.http.HttpAnswer;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswersTest {

    @Test
    void whatDependsOnMoreThanThePageSaysSoBesides() {
        HttpHeaders headers = headers(200, Map.of("vary", "accept-encoding", "cache-control", "public"), "text");
        assertEquals(List.of("accept-encoding", "origin"), headers.getAll("vary"));
        assertEquals("public", headers.get("cache-control"));
        assertEquals("4", headers.get("content-length"));
        assertEquals(List.of("origin"), headers(200, Map.of(), "").getAll("vary"));
    }

    @Test
    void anAnswerThatHasNoBodyTellsNoLength() {
        // RFC 9110, section 8.6: of 304 it would be that of the whole
        assertNull(headers(304, Map.of("etag", "W/\"a\""), "").get("content-length"));
        assertNull(headers(204, Map.of(), "").get("content-length"));
        assertEquals("0", headers(200, Map.of(), "").get("content-length"));
    }

    private static HttpHeaders headers(int status, Map<String, String> headers, String body) {
        return Answers.of(new HttpAnswer(status, headers, body.getBytes(US_ASCII)), Optional.empty(), false)
                .headers();
    }
}
