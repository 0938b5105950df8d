package gatepost.events.webhook;

import gatepost.contracts.Printable;
import gatepost.contracts.events.EventSubscriber.Told;
import gatepost.events.feed.NotTaken;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Sends an event over HTTP. Any thread; nothing blocks it. */
final class Post {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int GONE = 410;

    private final HttpClient client;
    private final Executor lookups;
    private final Addresses addresses;
    private final InstantSource clock;
    private final Duration patience;

    /** @param lookups runs what blocks */
    Post(Executor lookups, Addresses addresses, InstantSource clock, Duration patience) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience)
                .executor(lookups)
                .build();
        this.lookups = lookups;
        this.addresses = addresses;
        this.clock = clock;
        this.patience = patience;
    }

    /** @return completed with what was answered when it was taken, or with {@link NotTaken} */
    CompletableFuture<String> send(WebhookSettings to, Told event) {
        CompletableFuture<HttpResponse<String>> answer = new CompletableFuture<>();
        try {
            lookups.execute(() -> call(to, event, answer));
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
        return answer.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).handle(this::judge);
    }

    private void call(WebhookSettings to, Told event, CompletableFuture<HttpResponse<String>> answer) {
        try {
            addresses.verify(to.url());
            CompletableFuture<HttpResponse<String>> call =
                    client.sendAsync(request(to, event), head -> new AnswerBeginning());
            call.whenComplete((response, failure) -> {
                if (failure == null) {
                    answer.complete(response);
                } else {
                    answer.completeExceptionally(failure);
                }
            });
            answer.whenComplete((response, failure) -> call.cancel(true)); // what is late is not waited for
        } catch (IOException | RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    private HttpRequest request(WebhookSettings to, Told event) {
        long seconds = clock.instant().getEpochSecond();
        String signatures = to.secrets().stream()
                .map(secret -> secret.sign(event.id(), seconds, event.json()))
                .collect(Collectors.joining(" "));
        return HttpRequest.newBuilder(to.url())
                .timeout(patience)
                .header("content-type", "application/json")
                .header("user-agent", "Gatepost")
                .header("webhook-id", event.id())
                .header("webhook-timestamp", String.valueOf(seconds))
                .header("webhook-signature", signatures)
                .POST(BodyPublishers.ofString(event.json()))
                .build();
    }

    private String judge(HttpResponse<String> answer, Throwable failure) {
        if (failure != null) {
            throw new CompletionException(NotTaken.because(why(failure), failure));
        }
        int status = answer.statusCode();
        String said = "status " + status
                + (answer.body().isBlank()
                        ? ""
                        : ": " + Printable.of(answer.body().strip()));
        if (status / 100 == 2) {
            return said;
        }
        throw new CompletionException(
                status == GONE ? NotTaken.forGood(said) : NotTaken.because(said, retryAfter(answer)));
    }

    private String why(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
            return "no answer within " + patience.toSeconds() + " s";
        }
        if (cause instanceof ConnectException && cause.getMessage() == null) {
            return "no connection";
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : Printable.of(cause.getMessage());
    }

    /** Seconds, or a date. */
    private Duration retryAfter(HttpResponse<?> answer) {
        String text = answer.headers().firstValue("retry-after").orElse("").strip();
        if (text.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration left = Duration.between(clock.instant(), at);
            return left.isNegative() ? null : left;
        } catch (DateTimeParseException e) {
            return null; // it does not say, or not so that anybody understands it
        }
    }
}
