package gatepost.itests.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A stream of Server-Sent Events, read as a browser reads it (HTML, section 9.2.6), but for coming back. */
final class EventStream implements AutoCloseable {

    /** @param id the last that was said, as a browser would bring it again */
    record Event(String type, String id, String data) {

        JsonNode json() {
            try {
                return new ObjectMapper().readTree(data);
            } catch (JsonProcessingException e) {
                throw new AssertionError(data, e);
            }
        }

        String body() {
            return json().path("body").asText();
        }
    }

    private static final int PATIENCE = 20;
    private static final Event END = new Event("", "", "");

    private final HttpResponse<InputStream> response;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final AtomicInteger comments = new AtomicInteger();
    private String lastId = "";

    private EventStream(HttpResponse<InputStream> response) {
        this.response = response;
    }

    /**
     * @param query of the address, with its question mark; may be empty
     * @param headers name and value in turn
     */
    static EventStream open(int port, Caller caller, String query, String... headers) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/gatepost/inbox" + query));
        if (!caller.authorization().isEmpty()) {
            request.header("Authorization", caller.authorization());
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            EventStream stream =
                    new EventStream(client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
            Thread reader = new Thread(stream::read, "event-stream");
            reader.setDaemon(true);
            reader.start();
            return stream;
        } catch (IOException e) {
            throw new AssertionError("the stream has no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    int status() {
        return response.statusCode();
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** @return the id that a browser would bring when it comes back */
    String lastId() {
        return lastId;
    }

    /** @return how many comments have come: nothing but signs of life */
    int comments() {
        return comments.get();
    }

    /** @return the next event, whatever it is */
    Event next() {
        Event event = poll(PATIENCE);
        if (event == null || event == END) {
            throw new AssertionError(event == null ? "no event came" : "the stream has ended");
        }
        lastId = event.id();
        return event;
    }

    /** @return the next event, {@code null} when the stream has ended */
    Event nextOrEnd() {
        Event event = poll(PATIENCE);
        if (event == null) {
            throw new AssertionError("the stream has not ended");
        }
        if (event == END) {
            return null;
        }
        lastId = event.id();
        return event;
    }

    /** @return the next message */
    Event message() {
        Event event = next();
        while (!event.type().equals("message")) {
            event = next();
        }
        return event;
    }

    /** @return the next messages */
    List<Event> messages(int count) {
        return Stream.generate(this::message).limit(count).toList();
    }

    /** @return whether nothing comes any more, after what has come */
    boolean ends() {
        Event event = poll(PATIENCE);
        while (event != null && event != END) {
            lastId = event.id();
            event = poll(PATIENCE);
        }
        return event == END;
    }

    private Event poll(int seconds) {
        try {
            return events.poll(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void read() {
        String type = "message";
        StringBuilder data = new StringBuilder();
        String id = "";
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    if (!data.isEmpty()) {
                        events.add(new Event(type, id, data.toString()));
                    }
                    type = "message";
                    data.setLength(0);
                } else if (line.startsWith("event: ")) {
                    type = line.substring(7);
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("data: ")) {
                    data.append(line.substring(6));
                } else if (line.startsWith(":")) {
                    comments.incrementAndGet();
                } else {
                    throw new AssertionError("no line of an event stream: " + line);
                }
            }
        } catch (IOException e) {
            // the connection broke, or was closed here
        } finally {
            events.add(END);
        }
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
