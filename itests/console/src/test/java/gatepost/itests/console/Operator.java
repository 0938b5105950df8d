package gatepost.itests.console;

import gatepost.itests.harness.library.Json;
import java.net.http.HttpResponse;
import java.util.Map;

/** Somebody who is signed in to the console, and asks it without a browser. */
record Operator(Web web, String cookie) {

    /** The shell's administrator. */
    static Operator administrator() {
        return signIn("admin", ConsolePage.password());
    }

    /** Somebody who may look and change nothing. */
    static Operator viewer() {
        return signIn(Suite.VIEWER, Suite.VIEWER);
    }

    private static Operator signIn(String user, String password) {
        Web web = Suite.web();
        HttpResponse<String> answer = web.post("/session", Json.line(Map.of("user", user, "password", password)));
        return new Operator(
                web, answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0]);
    }

    HttpResponse<String> get(String path) {
        return web.get(path, "Cookie", cookie);
    }

    HttpResponse<String> post(String path, Map<String, String> body) {
        return web.post(path, Json.line(body), "Cookie", cookie);
    }
}
