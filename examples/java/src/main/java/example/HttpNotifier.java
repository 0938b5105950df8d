package example;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;

/** Sends messages to users over HTTP. Needs nothing but Java. Any thread. */
public final class HttpNotifier {

    private static final int ATTEMPTS = 7;

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final HttpRequest.Builder messages;

    /** @param url {@code http://USER:PASSWORD@HOST:PORT} */
    public HttpNotifier(URI url) {
        messages = HttpRequest.newBuilder(URI.create(url.getScheme() + "://" + url.getHost() + ":" + url.getPort()
                        + "/gatepost/api/v1/messages"))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Basic " + base64(url.getUserInfo()))
                .header("Content-Type", "application/json");
    }

    /**
     * Returns once Gatepost has the message safely, with its place in the inbox, as JSON.
     *
     * @throws IOException when it has not, with the reason, or when that stays unknown
     */
    public String send(String user, String text) throws IOException, InterruptedException {
        if (!user.matches("[\\w.@-]+")) {
            throw new IllegalArgumentException("expected letters, digits and . _ @ -, not " + user);
        }
        // the same id in each attempt, so that the message comes once; in Base64 the text needs no library for JSON
        HttpRequest request = messages.copy().POST(HttpRequest.BodyPublishers.ofString("{\"to\":{\"users\":[\"" + user
                + "\"]},\"base64\":\"" + base64(text) + "\",\"contentType\":\"text/plain\",\"id\":\"" + UUID.randomUUID() + "\"}"))
                .build();
        for (int attempt = 1; ; attempt++) {
            long wait = 250L << attempt;
            try {
                HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    return answer.body();
                }
                if (answer.statusCode() != 429 && answer.statusCode() != 503 || attempt == ATTEMPTS) {
                    throw new Refused(answer.body());
                }
                wait = 1_000 * answer.headers().firstValueAsLong("Retry-After").orElse(1);
            } catch (IOException e) {
                if (e instanceof Refused || attempt == ATTEMPTS) {
                    throw e;
                }
            }
            Thread.sleep(wait);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    /** To come again would not help. Its message is the answer, a problem of RFC 9457. */
    private static final class Refused extends IOException {

        private static final long serialVersionUID = 1;

        Refused(String answer) {
            super(answer);
        }
    }

    /** Usage: {@code HttpNotifier USER TEXT}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.out.println(new HttpNotifier(URI.create(System.getenv("GATEPOST_URL"))).send(arguments[0], arguments[1]));
    }
}
