package gatepost.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.HttpAnswer;
import gatepost.contracts.http.HttpApi;
import gatepost.contracts.http.HttpHead;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {

    private static final Path DIST = Path.of("..", "..", "clients", "javascript", "dist");

    private final Api api = new Api(new NamedInboxes("user"), null);

    @ParameterizedTest
    @ValueSource(strings = {"client.js", "client-worker.js"})
    void everybodyMayLoadWhatTheClientsFolderHas(String name) throws CallRefused, IOException {
        HttpApi.Call call = api.find(new HttpHead("GET", "/" + name, Map.of()));
        assertTrue(call.isPublic());
        HttpAnswer answer = (HttpAnswer) call.begin(null);
        assertEquals(200, answer.status());
        assertEquals("text/javascript; charset=utf-8", answer.headers().get("content-type"));
        assertEquals("public, max-age=600", answer.headers().get("cache-control"));
        assertArrayEquals(Files.readAllBytes(DIST.resolve(name)), answer.body());
    }

    @Test
    void whoTakesGzipGetsTheSameSmaller() throws CallRefused, IOException {
        for (String encodings : new String[] {"gzip", "br, gzip;q=0.8", "deflate , gzip"}) {
            HttpAnswer answer = load("accept-encoding", encodings);
            assertEquals("gzip", answer.headers().get("content-encoding"), encodings);
            byte[] whole = new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes();
            assertArrayEquals(Files.readAllBytes(DIST.resolve("client.js")), whole);
        }
        for (String encodings : new String[] {"", "br", "gzip;q=0", "gzip; q=0.0"}) {
            assertFalse(load("accept-encoding", encodings).headers().containsKey("content-encoding"), encodings);
        }
    }

    @Test
    void whoHasItIsToldThatItIsTheSame() throws CallRefused {
        String tag = load("accept-encoding", "").headers().get("etag");
        for (String known : new String[] {tag, tag.substring(2), "\"other\", " + tag, "*"}) {
            HttpAnswer answer = load("if-none-match", known);
            assertEquals(304, answer.status(), known);
            assertEquals(0, answer.body().length);
            assertEquals(tag, answer.headers().get("etag"));
        }
        assertEquals(200, load("if-none-match", "\"other\"").status());
    }

    private HttpAnswer load(String header, String value) throws CallRefused {
        return (HttpAnswer) api.find(new HttpHead("GET", "/client.js", Map.of(header, value)))
                .begin(null);
    }
}
