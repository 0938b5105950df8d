package gatepost.api.publish;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.api.request.Fields;
import gatepost.api.request.Json;
import gatepost.contracts.TraceContext;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutgoingTest {

    @Test
    void aTextIsTheBody() throws CallRefused {
        Outgoing message = message("{'body':'grün','contentType':'text/plain'}");
        assertEquals("grün", text(message));
        assertEquals(Map.of("content-type", "text/plain"), message.headers());
    }

    @Test
    void withoutABodyItIsEmpty() throws CallRefused {
        assertEquals(0, message("{}").body().length);
        assertEquals(Map.of(), message("{}").headers());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":[1,2.50]}", "[]"})
    void jsonGoesOutAsItsText(String json) throws CallRefused {
        Outgoing message = Outgoing.of(fields("{\"body\":" + json + "}"), Optional.empty());
        assertEquals("application/json", message.headers().get("content-type"));
        assertEquals(json.replace("2.50", "2.5"), text(message));
    }

    @Test
    void ofJsonTheSendersOwnKindWins() throws CallRefused {
        assertEquals(
                "application/ld+json",
                message("{'body':{},'contentType':'application/ld+json'}")
                        .headers()
                        .get("content-type"));
    }

    @Test
    void bytesComeAsBase64() throws CallRefused {
        assertArrayEquals(new byte[] {0, -1, 16}, message("{'base64':'AP8Q'}").body());
    }

    @Test
    void whatAnInboxCanDoHasItsHeaders() throws CallRefused {
        assertEquals(
                Map.of(
                        "gatepost-id", "a",
                        "gatepost-once", "b",
                        "gatepost-collapse", "c",
                        "gatepost-history", "false",
                        "gatepost-if-full", "skip",
                        "persistent", "true",
                        "x", "1",
                        "Y", "true"),
                message("{'id':'a','once':'b','collapse':'c','history':false,'ifFull':'skip','persistent':true,"
                                + "'headers':{'x':1,'Y':true}}")
                        .headers());
        assertEquals(Map.of(), message("{'ifFull':'refuse'}").headers());
    }

    @Test
    void itExpiresSoManySecondsFromNow() throws CallRefused {
        long before = System.currentTimeMillis();
        long expires = Long.parseLong(message("{'ttl':60}").headers().get("expires"));
        assertTrue(expires >= before + 60_000 && expires <= System.currentTimeMillis() + 60_000, "" + expires);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'body':7} | [0].body",
                "{'body':'a','base64':''} | [0].base64",
                "{'base64':'*'} | [0].base64",
                "{'base64':'AP8'} | ",
                "{'id':''} | [0].id",
                "{'id':'a b'} | [0].id",
                "{'id':'ü'} | [0].id",
                "{'id':7} | [0].id",
                "{'once':'a\\nb'} | [0].once",
                "{'collapse':[]} | [0].collapse",
                "{'ttl':0} | [0].ttl",
                "{'ttl':'60'} | [0].ttl",
                "{'ttl':315360001} | [0].ttl",
                "{'ttl':1.5} | [0].ttl",
                "{'ifFull':'drop'} | [0].ifFull",
                "{'ifFull':['skip']} | [0].ifFull",
                "{'history':'false'} | [0].history",
                "{'persistent':0} | [0].persistent",
                "{'headers':[]} | [0].headers",
                "{'headers':{'a':{}}} | [0].headers.a",
                "{'headers':{'a':null}} | [0].headers.a",
                "{'headers':{'':'x'}} | [0].headers.",
                "{'headers':{'Destination':'/queue/other'}} | [0].headers.Destination",
                "{'headers':{'receipt':'x'}} | [0].headers.receipt",
                "{'headers':{'transaction':'x'}} | [0].headers.transaction",
                "{'headers':{'content-type':'x'}} | [0].headers.content-type",
                "{'headers':{'gatepost-user':'alice'}} | [0].headers.gatepost-user",
                "{'headers':{'Gatepost-Id':'x'}} | [0].headers.Gatepost-Id",
                "{'contentType':[]} | [0].contentType",
                "{'Body':'x'} | [0].Body"
            })
    void whatCannotBeUsedIsNamed(String json, String field) throws CallRefused {
        if (field == null) {
            // Base64 without its padding can mean one thing only
            message(json);
            return;
        }
        CallRefused refused = assertThrows(CallRefused.class, () -> message(json));
        assertEquals(Reason.UNUSABLE, refused.reason());
        assertEquals(Optional.of(field), refused.field());
        assertTrue(refused.getMessage().startsWith(field), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'body':'\\ud800'}",
                "{'body':{'a':'\\udc00\\ud800'}}",
                "{'headers':{'x':'\\ud800'}}",
                "{'contentType':'\\ud800'}"
            })
    void halfACharacterIsNotChangedIntoAnother(String json) {
        CallRefused refused = assertThrows(CallRefused.class, () -> message(json));
        assertEquals(Reason.UNUSABLE, refused.reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'body':{'\\ud800':1}}", "{'headers':{'\\ud800':'x'}}"})
    void norInANameOfAMember(String json) {
        assertThrows(CallRefused.class, () -> message(json));
    }

    @Test
    void theTraceOfTheCallIsThatOfAMessageThatNamesNone() throws CallRefused {
        String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        Optional<TraceContext> call = TraceContext.of(parent, "a=1");
        assertEquals(
                Map.of("traceparent", parent, "tracestate", "a=1"),
                message("{'headers':{}}", call).headers());
        for (String own : new String[] {"traceparent", "Traceparent", "tracestate"}) {
            assertEquals(
                    Map.of(own, "mine"),
                    message("{'headers':{'" + own + "':'mine'}}", call).headers());
        }
    }

    private static Outgoing message(String json) throws CallRefused {
        return message(json, Optional.empty());
    }

    private static Outgoing message(String json, Optional<TraceContext> trace) throws CallRefused {
        return Outgoing.of(fields(json.replace('\'', '"')), trace);
    }

    private static Fields fields(String json) throws CallRefused {
        return Fields.of(Json.read(json.getBytes(StandardCharsets.UTF_8)), "[0]");
    }

    private static String text(Outgoing message) {
        return new String(message.body(), StandardCharsets.UTF_8);
    }
}
