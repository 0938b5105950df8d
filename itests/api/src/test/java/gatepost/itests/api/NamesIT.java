package gatepost.itests.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import gatepost.itests.harness.Gatepost;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Names that are something else to a path, to a query or to a proxy are users' all the same. */
@ExtendWith(Suite.class)
class NamesIT {

    private final Gatepost gatepost = Suite.gatepost();

    @TestFactory
    Stream<DynamicTest> everyNameInAPathAndInAQuery() {
        return Stream.of(Suite.ODD_NAMES)
                .map(name -> DynamicTest.dynamicTest(name, () -> play(gatepost.wsPort(), name)));
    }

    /** @param port of Gatepost, or of a proxy before it */
    static void play(int port, String name) {
        // a name with a slash can sign in nowhere
        Caller reader = name.contains("/") ? Caller.basic("chief", "chief-it") : Caller.user(name);
        String body = "for " + name + " " + port;
        String json = "{\"to\":{\"users\":[\"" + name + "\"]},\"body\":\"" + body + "\"}";
        JsonNode sent = Caller.basic("shop", "shop-it")
                .call(port, "POST", "messages", json, "application/json")
                .expect(200)
                .json();
        assertEquals(name, sent.at("/results/0/user").asText());
        long offset = sent.at("/results/0/offset").asLong();
        String epoch = sent.at("/results/0/epoch").asText();
        String query = "?user=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
        assertEquals(body, newest(reader, port, "users/messages" + query));
        assertEquals(body, newest(reader, port, "users/" + Caller.encoded(name) + "/messages"));
        if (!name.contains("/")) {
            Caller owner = Caller.user(name);
            String mark = "{\"epoch\":\"" + epoch + "\",\"read\":true}";
            owner.call(port, "PATCH", "users/" + Caller.encoded(name) + "/messages/" + offset, mark, "application/json")
                    .expect(204);
            String seen = "{\"epoch\":\"" + epoch + "\",\"upTo\":" + offset + "}";
            owner.call(port, "PUT", "users/seen" + query, seen, "application/json")
                    .expect(204);
        }
        // another one of a name like it is another one
        Caller.user("somebody")
                .call(port, "GET", "users/messages" + query, null, "")
                .expect(403);
    }

    private static String newest(Caller caller, int port, String path) {
        return caller.call(port, "GET", path, null, "")
                .expect(200)
                .json()
                .at("/messages/0/body")
                .asText();
    }

    @Test
    void whatCannotBeANameIsRefusedInTheSameWords() {
        for (String name : new String[] {"a,b", "a\u0000b", "a\nb", "a b", "a?b", "*", "a.>"}) {
            String query = URLEncoder.encode(name, StandardCharsets.UTF_8);
            Answer answer = Caller.ADMINISTRATOR.get("users?user=" + query);
            assertEquals(422, answer.status(), name + ": " + answer);
        }
    }

    @Test
    void whatNeedsNoEncodingInAPathMeansItself() {
        for (String name : new String[] {"p+q", "p&q=r", "p;q", "p@q", "p!$'()"}) {
            Caller.ADMINISTRATOR
                    .call(
                            gatepost.wsPort(),
                            "POST",
                            "messages",
                            "{\"to\":{\"users\":[\"" + name + "\"]},\"body\":\"x\"}",
                            "application/json")
                    .expect(200);
            assertEquals("x", newest(Caller.ADMINISTRATOR, gatepost.wsPort(), "users/" + name + "/messages"), name);
        }
    }

    @Test
    void aPathThatCanBeReadInTwoWaysIsReadInNone() {
        try (RawHttp connection = new RawHttp()) {
            for (String path : new String[] {
                "users/%", "users/%zz", "users/%C3", "users/%c0%af", "users?user=%ff", "users?user=a&user=b"
            }) {
                connection.send(RawHttp.get(path, Caller.ADMINISTRATOR));
                assertEquals(400, connection.reply().status(), path);
            }
            for (String path : new String[] {
                "../v1/openapi.json", "users/a/../b", "./openapi.json", "%6fpenapi.json", "users/a//messages"
            }) {
                connection.send(RawHttp.get(path, Caller.ADMINISTRATOR));
                assertEquals(404, connection.reply().status(), path);
            }
        }
    }
}
