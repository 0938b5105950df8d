package gatepost.itests.inbox;

import gatepost.itests.harness.Gatepost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** What the running distribution counts. */
final class Counted {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Counted() {}

    /** @return the value of a metric without labels, 0 if there is none */
    static double of(Gatepost gatepost, String name) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gatepost.httpPort() + "/metrics"))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
