package gatepost.api;

import gatepost.api.request.Template;
import gatepost.contracts.http.HttpAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** The description of the API (OpenAPI 3.1), which everybody may read. */
final class Description {

    private static final String RESOURCE = "openapi.json";

    private final HttpAnswer answer = new HttpAnswer(200, Map.of("content-type", "application/json"), text());

    Route route(String path) {
        return new Route("GET", new Template(path), true, (head, parameters, session) -> answer);
    }

    private static byte[] text() {
        try (InputStream text = Description.class.getResourceAsStream(RESOURCE)) {
            return text.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the bundle has no " + RESOURCE, e);
        }
    }
}
