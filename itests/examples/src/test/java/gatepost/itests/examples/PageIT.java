package gatepost.itests.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import example.Webhook;
import gatepost.itests.harness.Token;
import gatepost.itests.harness.library.Json;
import gatepost.itests.harness.library.Page;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** {@code examples/browser}, which has no server; so that what Java has for webhooks takes those. */
class PageIT extends SameApplication {

    private static final Set<String> MISSED = ConcurrentHashMap.newKeySet();
    private static final Webhook VERIFIER = new Webhook(List.of(WEBHOOK_SECRET));

    private static HttpServer hooks;

    @BeforeAll
    static void start() throws IOException {
        for (String file : List.of("index.html", "app.js")) {
            Suite.browser().serve("/" + file, Guide.read(Suite.EXAMPLES.resolve("browser/" + file)));
        }
        hooks = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hooks.createContext("/hook", PageIT::take);
        hooks.start();
    }

    @AfterAll
    static void stop() {
        hooks.stop(0);
    }

    private static void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        int status = 204;
        try {
            VERIFIER.verify(body, exchange.getRequestHeaders()::getFirst, Instant.now());
            MISSED.add(Json.read(new String(body, StandardCharsets.UTF_8))
                    .at("/data/user")
                    .asText());
        } catch (GeneralSecurityException e) {
            status = 401;
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Override
    String page(String user) {
        // whoever has just signed out is in again only with a token of a later second, which is what iat counts in
        Instant issued = Instant.now().plusSeconds(1);
        return "/index.html#url=ws://localhost:" + Suite.gatepost().wsPort() + "/stomp&user=" + user + "&token="
                + Token.of(user, List.of("users", "staff"), issued);
    }

    @Override
    void tell(Page by, String to, String text) {
        by.type("[name=to]", to);
        send(by, "create", text);
    }

    @Override
    void comment(Page by, String text) {
        send(by, "comment", text);
    }

    @Override
    void announce(Page by, String text) {
        send(by, "announce", text);
    }

    @Override
    void join(Page by) {
        send(by, "join", "-");
    }

    @Override
    void signOutEverywhere(Page by) {
        by.click("[value=signOut]");
    }

    private static void send(Page by, String act, String text) {
        by.type("[name=text]", text);
        by.click("[value=" + act + "]");
        by.until("document.querySelector('[name=text]').value === ''");
    }

    @Override
    String hook() {
        return "http://localhost:" + hooks.getAddress().getPort() + "/hook";
    }

    @Override
    Set<String> missed() {
        return MISSED;
    }
}
