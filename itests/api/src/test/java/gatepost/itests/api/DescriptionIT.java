package gatepost.itests.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the API says of itself holds for what it is sent and for what it answers. */
@ExtendWith(Suite.class)
class DescriptionIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HERE = "https://gatepost.example.com/openapi.json";

    private final JsonNode description =
            Caller.NOBODY.get("openapi.json").expect(200).json();
    private final JsonSchemaFactory schemas = JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            builder -> builder.schemaLoaders(
                    loaders -> loaders.schemas(id -> id.equals(HERE) ? description.toString() : null)));
    private final String user = Suite.user();
    private final Caller owner = Caller.user(user);
    /** Operation and status of what was compared. */
    private final Set<String> compared = new TreeSet<>();

    @Test
    void whatIsAnsweredIsWhatIsDescribed() throws IOException {
        String to = "'to':{'users':['" + user + "']}";
        play(Caller.NOBODY, "GET", "/openapi.json", "openapi.json", null, 200);
        String message = "{" + to + ",'body':'x','id':'a','headers':{'k':1},'ttl':60,'contentType':'text/plain'}";
        String epoch = play(Caller.PUBLISHER, "POST", "/messages", "messages", message, 200)
                .json()
                .at("/results/0/epoch")
                .asText();
        play(Caller.PUBLISHER, "POST", "/messages", "messages", "{" + to + ",'body':{'a':1},'persistent':false}", 200);
        play(Caller.PUBLISHER, "POST", "/messages", "messages", "{" + to + ",'base64':'AP8Q','collapse':'c'}", 200);
        play(Caller.PUBLISHER, "POST", "/messages", "messages", "{" + to + ",'body':'y','collapse':'c'}", 200);
        play(Caller.PUBLISHER, "POST", "/messages", "messages", "{'to':{'audience':'d'},'body':'x'}", 200);
        play(Caller.PUBLISHER, "POST", "/messages", "messages", "[{" + to + "},{" + to + ",'ttl':0}]", 200);
        play(Caller.PUBLISHER, "POST", "/messages", "messages", message.replace("'x'", "'y'"), 409);
        play(Caller.PUBLISHER, "POST", "/messages", "messages", "{" + to + ",'ttl':0}", 422);
        play(Caller.PUBLISHER, "POST", "/messages", "messages", "{", 400);
        play(
                Caller.PUBLISHER,
                "POST",
                "/messages",
                "messages",
                "{" + to + ",'body':'" + "x".repeat(5 << 20) + "'}",
                413);
        play(owner, "POST", "/messages", "messages", message, 403);
        play(Caller.NOBODY, "POST", "/messages", "messages", message, 401);

        play(owner, "GET", "/users/{user}", "users/" + user, null, 200);
        play(Caller.PUBLISHER, "GET", "/users/{user}", "users/" + user, null, 403);
        JsonNode page = play(owner, "GET", "/users/{user}/messages", "users/" + user + "/messages?limit=1", null, 200)
                .json();
        String next = "users/" + user + "/messages?cursor=" + page.get("next").asText();
        play(owner, "GET", "/users/{user}/messages", next, null, 200);
        play(owner, "GET", "/users/{user}/messages", "users/" + user + "/messages?limit=0", null, 422);
        play(owner, "GET", "/users/{user}/messages", "users/" + user + "/messages?cursor=other.1.n", null, 409);

        play(owner, "GET", "/users/{user}/trace", "users/" + user + "/trace", null, 200);
        play(owner, "GET", "/users/{user}/trace", "users/" + user + "/trace?limit=0", null, 422);
        play(Caller.PUBLISHER, "GET", "/users/{user}/trace", "users/" + user + "/trace", null, 403);

        String seen = "{'epoch':'" + epoch + "','upTo':0}";
        play(owner, "PUT", "/users/{user}/seen", "users/" + user + "/seen", seen, 204);
        play(owner, "PUT", "/users/{user}/seen", "users/" + user + "/seen", seen.replace(epoch, "other"), 409);
        String mark = "{'epoch':'" + epoch + "','read':true,'archived':true}";
        String first =
                "users/" + user + "/messages/" + page.at("/messages/0/offset").asText();
        play(owner, "PATCH", "/users/{user}/messages/{offset}", first, mark, 204);
        play(owner, "GET", "/users/{user}/messages", "users/" + user + "/messages", null, 200);
        play(Caller.PUBLISHER, "DELETE", "/messages", "messages?user=" + user + "&id=a", null, 204);
        play(Caller.PUBLISHER, "DELETE", "/messages", "messages?user=" + user + "&id=a", null, 404);
        assertEquals(21, compared.size(), compared.toString());
    }

    /** What is sent is as it is described if it is taken, and not if it is refused for what it is. */
    private Answer play(Caller caller, String method, String path, String target, String body, int status)
            throws IOException {
        String operation = method.toLowerCase(Locale.ROOT);
        JsonNode described = description.at("/paths/" + pointer(path) + "/" + operation);
        if (body != null && (status < 300 || status == 422)) {
            String schema =
                    "/paths/" + pointer(path) + "/" + operation + "/requestBody/content/application~1json/schema";
            Set<ValidationMessage> faults = faults(schema, JSON.readTree(body.replace('\'', '"')));
            boolean partly = body.startsWith("[");
            assertEquals(status == 422 || partly, !faults.isEmpty(), method + " " + body + ": " + faults);
        }
        Answer answer = caller.call(method, target, body).expect(status);
        compared.add(operation + " " + path + " " + status);
        JsonNode response = described.path("responses").get("" + status);
        assertNotNull(response, operation + " " + path + " has no " + status);
        String at = "/paths/" + pointer(path) + "/" + operation + "/responses/" + status;
        if (response.has("$ref")) {
            at = response.get("$ref").asText().substring(1);
            response = description.at(at);
        }
        if (!response.has("content")) {
            assertEquals("", answer.text());
            return answer;
        }
        String type = answer.header("content-type");
        assertFalse(response.at("/content/" + pointer(type)).isMissingNode(), type + " is not described: " + at);
        Set<ValidationMessage> faults = faults(at + "/content/" + pointer(type) + "/schema", answer.json());
        assertEquals(Set.of(), faults, () -> method + " " + target + ": " + answer.text());
        JsonNode headers = response.path("headers");
        headers.fieldNames()
                .forEachRemaining(name -> assertFalse(answer.header(name).isEmpty(), name));
        return answer;
    }

    private Set<ValidationMessage> faults(String pointer, JsonNode value) {
        JsonSchema schema = schemas.getSchema(SchemaLocation.of(HERE + "#" + pointer));
        return schema.validate(value).stream().collect(Collectors.toSet());
    }

    private static String pointer(String text) {
        return text.replace("~", "~0").replace("/", "~1");
    }
}
