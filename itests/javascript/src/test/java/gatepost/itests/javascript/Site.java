package gatepost.itests.javascript;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import gatepost.itests.harness.Ports;
import gatepost.itests.harness.Token;
import gatepost.itests.harness.library.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An application: its pages, under a Content-Security-Policy that allows nothing of text, and the session of whoever the address of a
 * page names.
 */
final class Site implements AutoCloseable {

    static final Path CLIENT = Path.of("..", "..", "clients", "javascript");

    private static final Path PAGES = Path.of("src", "web");
    private static final Map<String, String> TYPES =
            Map.of("html", "text/html; charset=utf-8", "js", "text/javascript", "css", "text/css");

    /** Of a user: how long tokens last, where Gatepost is, and how often that was asked. */
    private static final class Session {
        private volatile Duration lasting = Duration.ofHours(1);
        private volatile int port;
        private final AtomicInteger asked = new AtomicInteger();
        private volatile int status = 200;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int gatepost;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final Map<String, byte[]> made = new ConcurrentHashMap<>();

    /** @param gatepost the port of its WebSockets */
    Site(int gatepost) {
        this.gatepost = gatepost;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free()), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /** @return the address of a page for a user */
    String page(String name, String user) {
        return "http://localhost:" + server.getAddress().getPort() + "/" + name + "?user=" + user;
    }

    /** Serves what a test has made. */
    void serve(String path, byte[] content) {
        made.put(path, content);
    }

    void tokensLast(String user, Duration lasting) {
        of(user).lasting = lasting;
    }

    /** Gatepost is reached by that port. */
    void reach(String user, int port) {
        of(user).port = port;
    }

    /** What the application answers when a page asks for its session: 200, or anything else. */
    void answer(String user, int status) {
        of(user).status = status;
    }

    int asked(String user) {
        return of(user).asked.get();
    }

    private Session of(String user) {
        return sessions.computeIfAbsent(user, any -> new Session());
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        // what a page that asks nothing of text needs for its tests, and for Gatepost on another port
        exchange.getResponseHeaders()
                .set(
                        "Content-Security-Policy",
                        "default-src 'none'; script-src 'self' http://localhost:" + gatepost
                                + "; style-src 'self'; worker-src 'self'; connect-src 'self' ws: http:");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        byte[] content = path.equals("/notifications/session") ? session(exchange) : file(path);
        int status = content == null ? 404 : path.equals("/notifications/session") ? of(user(exchange)).status : 200;
        exchange.getResponseHeaders()
                .set("Content-Type", TYPES.getOrDefault(path.replaceAll(".*\\.", ""), "application/json"));
        exchange.sendResponseHeaders(status, content == null || content.length == 0 ? -1 : content.length);
        if (content != null) {
            exchange.getResponseBody().write(content);
        }
        exchange.close();
    }

    private byte[] session(HttpExchange exchange) {
        String user = user(exchange);
        Session session = of(user);
        session.asked.incrementAndGet();
        Map<String, String> json = new HashMap<>();
        json.put("url", "ws://localhost:" + (session.port == 0 ? gatepost : session.port) + "/stomp");
        json.put("user", user);
        json.put("token", Token.of(user, "users", session.lasting));
        return Json.line(json).getBytes(UTF_8);
    }

    private static String user(HttpExchange exchange) {
        return exchange.getRequestURI().getQuery().replaceAll("(.*&)?user=([^&]*).*", "$2");
    }

    private byte[] file(String path) throws IOException {
        if (made.containsKey(path)) {
            return made.get(path);
        }
        Path file = path.startsWith("/src/") || path.startsWith("/examples/")
                ? CLIENT.resolve(path.substring(1))
                : PAGES.resolve(path.substring(1));
        return Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
