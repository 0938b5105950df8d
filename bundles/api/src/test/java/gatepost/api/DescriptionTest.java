package gatepost.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatepost.api.request.Json;
import gatepost.api.request.Template;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the API says of itself is all that there is, and nothing else. */
class DescriptionTest {

    private static final String V1 = "/api/v1";

    private final List<Route> routes = new Api(new NamedInboxes("user"), null).routes();
    private final JsonNode description;

    DescriptionTest() throws IOException, CallRefused {
        description =
                Json.read(Description.class.getResourceAsStream("openapi.json").readAllBytes());
    }

    @Test
    void eachCallIsDescribedAndNoOther() {
        Set<String> described = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path : description.get("paths").properties()) {
            path.getValue().fieldNames().forEachRemaining(method -> {
                if (!List.of("parameters", "servers").contains(method)) {
                    // what is not below the version says where it is
                    String base = path.getValue().has("servers") ? "" : V1;
                    described.add(method.toUpperCase(Locale.ROOT) + " " + base + path.getKey());
                }
            });
        }
        assertEquals(
                routes.stream()
                        .map(route -> route.method() + " " + route.path())
                        .collect(Collectors.toCollection(TreeSet::new)),
                described);
    }

    @Test
    void whatIsPublicIsSaidToNeedNothing() {
        for (Route route : routes) {
            // of a stream nobody is asked who it is before it begins
            boolean stream = route.path().toString().equals("/inbox");
            assertEquals(route.isPublic() && !stream, operation(route).has("security"), route.toString());
        }
    }

    @Test
    void eachNameInAPathIsDescribed() {
        for (Route route : routes) {
            Set<String> described = new TreeSet<>();
            String path = path(route);
            for (JsonNode place : List.of(
                    description.get("paths").get(path).path("parameters"),
                    operation(route).path("parameters"))) {
                place.forEach(parameter -> {
                    JsonNode whole = parameter.has("$ref")
                            ? description.at(parameter.get("$ref").asText().substring(1))
                            : parameter;
                    if (whole.get("in").asText().equals("path")) {
                        described.add(whole.get("name").asText());
                    }
                });
            }
            assertEquals(new TreeSet<>(new Template(route.path().toString()).names()), described, path);
        }
    }

    @Test
    void whatIsReferredToIsThereAndWhatIsThereIsReferredTo() {
        Set<String> referred = new TreeSet<>();
        description.findValuesAsText("$ref").forEach(reference -> {
            assertFalse(description.at(reference.substring(1)).isMissingNode(), reference);
            referred.add(reference);
        });
        for (String kind : List.of("schemas", "responses", "parameters", "headers")) {
            description
                    .at("/components/" + kind)
                    .fieldNames()
                    .forEachRemaining(name -> assertTrue(
                            referred.contains("#/components/" + kind + "/" + name),
                            kind + "/" + name + " is of no use"));
        }
    }

    @Test
    void eachReasonHasAResponse() {
        Set<Integer> described = new TreeSet<>();
        description
                .get("paths")
                .forEach(path -> path.findValues("responses")
                        .forEach(responses -> responses
                                .fieldNames()
                                .forEachRemaining(status -> described.add(Integer.parseInt(status)))));
        List<Integer> expected = new ArrayList<>(
                Arrays.stream(Reason.values()).map(Reason::status).toList());
        // a method that a path has not is described nowhere
        expected.remove((Integer) Reason.METHOD.status());
        assertTrue(described.containsAll(expected), expected + " of which there are " + described);
    }

    private static String path(Route route) {
        String path = route.path().toString();
        return path.startsWith(V1) ? path.substring(V1.length()) : path;
    }

    private JsonNode operation(Route route) {
        String path = path(route);
        JsonNode operation =
                description.get("paths").get(path).get(route.method().toLowerCase(Locale.ROOT));
        assertNotNull(operation, route.toString());
        return operation;
    }
}
