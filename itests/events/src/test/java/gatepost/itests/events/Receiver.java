package gatepost.itests.events;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import gatepost.itests.harness.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.awaitility.Awaitility;

/** An application that is told of events. It remembers all calls and answers as a test says. */
final class Receiver implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int port = Ports.free();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private volatile ToIntFunction<Call> answer = call -> 204;
    private volatile Map<String, String> headers = Map.of();
    private HttpServer server;

    Receiver() {
        up();
    }

    String url() {
        return "http://127.0.0.1:" + port + "/hook";
    }

    void up() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
            server.createContext("/", this::handle);
            server.setExecutor(threads);
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nobody listens. */
    void down() {
        server.stop(0);
    }

    /** @param status for each call that is not answered yet; may take its time */
    void answers(ToIntFunction<Call> status) {
        answer = status;
    }

    void answersWith(Map<String, String> more) {
        headers = more;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Call call = call(exchange, body, 0);
            int status = answer.applyAsInt(call);
            // what is answered is taken only once it was: before, or it could be told once more after it was counted
            calls.add(call(exchange, body, status));
            headers.forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private static Call call(HttpExchange exchange, String body, int status) {
        return new Call(
                exchange.getRequestURI().toString(),
                header(exchange, "webhook-id"),
                header(exchange, "webhook-timestamp"),
                header(exchange, "webhook-signature"),
                body,
                System.currentTimeMillis(),
                status);
    }

    private static String header(HttpExchange exchange, String name) {
        return String.valueOf(exchange.getRequestHeaders().getFirst(name));
    }

    /** @return in the order in which they were answered */
    List<Call> calls() {
        return List.copyOf(calls);
    }

    List<Call> of(String user) {
        return calls().stream().filter(call -> call.user().equals(user)).toList();
    }

    List<Call> taken(String user) {
        return of(user).stream().filter(Call::isTaken).toList();
    }

    /** Waits for a call and returns the first. */
    Call await(String what, Predicate<Call> which) {
        return Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> calls().stream().filter(which).findFirst().orElse(null), call -> call != null);
    }

    Call await(String type, String user) {
        return await(
                type + " of " + user,
                call -> call.type().equals(type) && call.user().equals(user));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
