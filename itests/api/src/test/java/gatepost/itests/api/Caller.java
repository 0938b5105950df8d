package gatepost.itests.api;

import gatepost.itests.harness.Token;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Somebody who calls, with what they prove themselves with. */
record Caller(String authorization, List<String> headers) {

    static final String API = "/gatepost/api/v1/";
    static final Caller PUBLISHER = basic("app", "app");
    static final Caller ADMINISTRATOR = basic("system", "manager");
    static final Caller NOBODY = new Caller("", List.of());

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    static Caller basic(String name, String password) {
        String text = name + ":" + password;
        return new Caller(
                "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)), List.of());
    }

    /** @return a user whose application has signed a token for them */
    static Caller user(String name) {
        return bearer(Token.of(name, "users", Duration.ofHours(1)));
    }

    static Caller bearer(String token) {
        return new Caller("Bearer " + token, List.of());
    }

    /** @param more name and value in turn */
    Caller with(String... more) {
        List<String> all = new ArrayList<>(headers);
        all.addAll(List.of(more));
        return new Caller(authorization, all);
    }

    Answer get(String path) {
        return call("GET", path, null);
    }

    Answer post(String path, String json) {
        return call("POST", path, json);
    }

    /** Publishes a text to a user's inbox, and expects that it is taken. */
    Answer publish(String user, String text) {
        return post("messages", "{'to':{'users':['" + user + "']},'body':'" + text + "'}")
                .expect(200);
    }

    /**
     * @param path below the API's, or from the root on
     * @param body JSON, in which ' stands for "; {@code null} for none
     */
    Answer call(String method, String path, String body) {
        return call(
                Suite.gatepost().wsPort(),
                method,
                path,
                body == null ? null : body.replace('\'', '"'),
                "application/json");
    }

    Answer call(int port, String method, String path, String body, String type) {
        try {
            return Answer.of(HTTP.send(request(port, method, path, body, type), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new AssertionError(method + " " + path + " has no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private HttpRequest request(int port, String method, String path, String body, String type) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + port + (path.startsWith("/") ? "" : API) + path))
                .timeout(PATIENCE)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null && !type.isEmpty()) {
            request.header("Content-Type", type);
        }
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        for (int i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), headers.get(i + 1));
        }
        return request.build();
    }

    /** @return a name as a segment of a path */
    static String encoded(String name) {
        String text = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        // what browsers and proxies take for a path of its own
        return name.equals("..") ? "%2E%2E" : text;
    }
}
