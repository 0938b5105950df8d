package gatepost.itests.operations;

import gatepost.itests.harness.Gatepost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The console's port, asked as a monitor asks it. */
final class Web {

    private static final Pattern PORT = Pattern.compile("(?m)^org\\.osgi\\.service\\.http\\.port *= *(\\d+)");

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    Web(Gatepost gatepost) {
        try {
            Matcher line = PORT.matcher(Files.readString(gatepost.etc("org.apache.felix.http.cfg")));
            if (!line.find()) {
                throw new AssertionError("the web server has no port");
            }
            port = Integer.parseInt(line.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param headers name and value in turn */
    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    /** As the console's own page writes, which names its origin. */
    HttpResponse<String> fromPage(String method, String path, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Origin", "http://127.0.0.1:" + port));
        return send(method, path, body, all.toArray(String[]::new));
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    Exposition metrics() {
        return Exposition.parse(get("/metrics").body());
    }
}
