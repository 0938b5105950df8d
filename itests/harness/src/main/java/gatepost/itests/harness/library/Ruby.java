package gatepost.itests.harness.library;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A script in {@code src/test/ruby}, which connects with Debian's ruby-stomp. */
public final class Ruby implements AutoCloseable {

    private static final Path FOLDER = Program.HARNESS.resolve("src/ruby");

    private final Program program;

    private Ruby(Program program) {
        this.program = program;
    }

    /** How a script connects. */
    public record Settings(
            List<Integer> ports, String login, String passcode, String heartbeat, Map<String, Object> options) {

        /** As the talk's Ruby does, to one host and not for ever. */
        public static Settings of(int port) {
            return new Settings(List.of(port), "system", "manager", "0,0", Map.of());
        }

        /** To several hosts in turn, coming back when the connection is lost. */
        public static Settings reliable(Integer... ports) {
            return new Settings(
                    List.of(ports),
                    "system",
                    "manager",
                    "0,0",
                    Map.of(
                            "reliable",
                            true,
                            "closed_check",
                            false,
                            "initial_reconnect_delay",
                            0.02,
                            "max_reconnect_delay",
                            0.2));
        }

        /** As few lines as Gatepost's README has: the gem speaks STOMP 1.0 then. */
        public static Settings brief(int port) {
            return new Settings(List.of(port), "system", "manager", "0,0", Map.of("connect_headers", Map.of()));
        }

        String version() {
            return options.containsKey("connect_headers") ? "1.0" : "1.2";
        }

        public Settings heartbeat(String header) {
            return new Settings(ports, login, passcode, header, options);
        }
    }

    /** A message that a script has received. */
    public record Received(Map<String, String> headers, byte[] body) {

        public String text() {
            return new String(body, UTF_8);
        }
    }

    /** Publishes what {@link #publish} says. */
    public static Ruby publisher(Settings settings) {
        return connected(settings, "publish.rb", Json.line(settings));
    }

    /** Prints what comes, and acknowledges it unless the mode is {@code auto}. */
    public static Ruby subscriber(Settings settings, String destination, String ack) {
        return connected(settings, "subscribe.rb", Json.line(settings), destination, ack);
    }

    /** Counts heart-beats. */
    public static Ruby beating(Settings settings) {
        return connected(settings, "beat.rb", Json.line(settings));
    }

    /**
     * Does what it is asked for with the gem's own connection, frame by frame: a program of {@code converse.rb}, which knows what
     * may be asked.
     */
    public static Program conversation() {
        return Program.start(FOLDER, Map.of(), List.of("ruby", "converse.rb"));
    }

    /** Hands over a message; {@link #receipt} says when it is safe. */
    public void publish(int id, String destination, byte[] body, Map<String, String> headers) {
        Map<String, Object> request = new HashMap<>();
        request.put("id", id);
        request.put("destination", destination);
        request.put("body", Base64.getEncoder().encodeToString(body));
        request.put("headers", headers);
        program.send(Json.line(request));
    }

    /** @return the id of the next message whose receipt has come */
    public int receipt() {
        return answer().get("id").asInt();
    }

    /** @return the next message */
    public Received message() {
        JsonNode answer = answer();
        Map<String, String> headers = new HashMap<>();
        answer.get("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        return new Received(
                headers, Base64.getDecoder().decode(answer.get("body").asText()));
    }

    /** @return what the script says when it is asked */
    public JsonNode ask() {
        program.send("");
        return answer();
    }

    /** Publishes texts one after another and waits for all receipts. */
    public static void publishAll(int port, String destination, String... texts) {
        try (Ruby ruby = publisher(Settings.of(port))) {
            List<Integer> receipts = new ArrayList<>();
            for (int i = 0; i < texts.length; i++) {
                ruby.publish(i, destination, texts[i].getBytes(UTF_8), Map.of());
            }
            for (int i = 0; i < texts.length; i++) {
                receipts.add(ruby.receipt());
            }
            if (receipts.stream().distinct().count() != texts.length) {
                throw new AssertionError(
                        "expected a receipt for each of " + texts.length + " messages, got " + receipts);
            }
            ruby.program.finish();
        }
    }

    @Override
    public void close() {
        program.close();
    }

    private JsonNode answer() {
        return Json.read(program.line());
    }

    private static Ruby connected(Settings settings, String... arguments) {
        List<String> command = new ArrayList<>(List.of("ruby"));
        command.addAll(List.of(arguments));
        Program program = Program.start(FOLDER, Map.of(), command);
        try {
            JsonNode hello = Json.read(program.line());
            if (!hello.path("connected").asText().equals(settings.version())) {
                throw new AssertionError("expected a connection with STOMP " + settings.version() + ", got " + hello);
            }
            return new Ruby(program);
        } catch (AssertionError e) {
            program.close();
            throw e;
        }
    }
}
