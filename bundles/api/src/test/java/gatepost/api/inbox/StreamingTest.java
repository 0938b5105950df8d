package gatepost.api.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatepost.api.request.Parameters;
import gatepost.api.request.Template;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.HttpAnswer;
import gatepost.contracts.http.HttpEvents;
import gatepost.contracts.http.HttpHead;
import gatepost.contracts.http.HttpStep;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamingTest {

    private static final Map<String, String> INBOX =
            Map.of("destination", "/gatepost/inbox", "ack", "auto", "gatepost-done", "by-request");

    @Test
    void aStreamIsASubscriptionThatTakesNothingAway() throws CallRefused {
        assertEquals(List.of(INBOX), subscriptions("", ""));
    }

    @Test
    void theHeaderOfABrowserThatComesBackCountsMoreThanTheAddress() throws CallRefused {
        assertEquals("7", subscriptions("e-1.7", "start=new&after=e-1.3").get(0).get("gatepost-offset"));
        assertEquals("e-1", subscriptions("", "after=e-1.3").get(0).get("gatepost-epoch"));
        assertEquals("3", subscriptions("", "after=e-1.3").get(0).get("gatepost-offset"));
        assertEquals("-5", subscriptions("", "start=-5").get(0).get("gatepost-start"));
    }

    @Test
    void theStateIsASecondSubscription() throws CallRefused {
        List<Map<String, String>> both = subscriptions("", "state=true&inbox=alerts&device=phone");
        assertEquals("phone", both.get(0).get("gatepost-device"));
        assertEquals("alerts", both.get(0).get("gatepost-inbox"));
        assertEquals(Map.of("destination", "/gatepost/inbox/state", "gatepost-inbox", "alerts"), both.get(1));
    }

    @Test
    void whatIsOverIsNotBegunAgain() throws CallRefused {
        assertEquals(204, ((HttpAnswer) begin("GET", "end", "")).status());
        assertEquals(204, ((HttpAnswer) begin("GET", "", "after=end")).status());
        assertEquals(200, ((HttpAnswer) begin("HEAD", "", "")).status());
    }

    @ParameterizedTest
    @CsvSource({
        "x,'',Last-Event-ID",
        "e-1.,'',Last-Event-ID",
        "e-1.1234567890123456789,'',Last-Event-ID",
        "'',after=E.1,Last-Event-ID",
        "'',start=tomorrow,start",
        "'',start=-0x,start",
        "'',device=a%20b,device",
        "'',state=yes,state",
        "'',colour=red,colour"
    })
    void whatCannotBeUsedIsNamed(String last, String query, String field) {
        CallRefused refused = assertThrows(CallRefused.class, () -> begin("GET", last, query));
        assertEquals(422, refused.reason().status());
        assertEquals(field, refused.field().orElseThrow());
    }

    @Test
    void theEventsOfAStreamAreJsonOnOneLine() {
        assertEquals(
                "{\"epoch\":\"e-1\",\"head\":7,\"gap\":true,\"session\":\"ID:1\",\"expiresIn\":60}",
                event(
                        "begin",
                        Map.of(
                                "gatepost-epoch",
                                "e-1",
                                "gatepost-head",
                                "7",
                                "gatepost-gap",
                                "true",
                                "session",
                                "ID:1",
                                "gatepost-expires-in",
                                "60")));
        assertEquals("{\"reason\":\"no\\nmore\"}", event("end", Map.of("message", "no\nmore")));
        assertEquals(
                "{\"epoch\":\"e-1\",\"offset\":7,\"from\":\"app\",\"state\":[\"done\",\"read\"],\"body\":\"a\\nb\",\"headers\":{\"x\":\"y\"}}",
                event(
                        "message",
                        new TreeMap<>(Map.of(
                                "destination", "/queue/user.alice",
                                "gatepost-epoch", "e-1",
                                "gatepost-offset", "7",
                                "gatepost-state", "done,read",
                                "gatepost-user", "app",
                                "x", "y")),
                        "a\nb".getBytes(StandardCharsets.UTF_8)));
        assertEquals("{\"state\":[],\"base64\":\"/w==\"}", event("message", Map.of(), new byte[] {(byte) 0xff}));
    }

    private static String event(String name, Map<String, String> headers, byte... body) {
        return new String(Streaming.event(name, headers, body), StandardCharsets.UTF_8);
    }

    private static List<Map<String, String>> subscriptions(String last, String query) throws CallRefused {
        return ((HttpEvents) begin("GET", last, query)).subscriptions();
    }

    private static HttpStep begin(String method, String last, String query) throws CallRefused {
        HttpHead head = new HttpHead(method, "/inbox", last.isEmpty() ? Map.of() : Map.of("last-event-id", last));
        Parameters parameters =
                new Template("/inbox").match("/inbox", Parameters.query(query)).orElseThrow();
        return Streaming.begin(head, parameters, null);
    }
}
