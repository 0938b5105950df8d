package gatepost.itests.console;

import gatepost.itests.harness.library.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;

/** Somebody who is signed in to the console, and asks it without a browser. */
record Operator(Web web, String cookie) {

    static final String VIEWER = "viewer";
    static final String PASSWORD = "looks";

    /** The shell's administrator. */
    static Operator administrator() {
        return signIn("admin", ConsolePage.password());
    }

    /** Somebody who may look and change nothing; the account is made for that. */
    static Operator viewer() {
        Path users = Suite.gatepost().etc("users.properties");
        try {
            String text = Files.readString(users, StandardCharsets.ISO_8859_1);
            if (!text.contains("\n" + VIEWER + " = ")) {
                Files.writeString(
                        users, text + "\n" + VIEWER + " = " + PASSWORD + ",viewer\n", StandardCharsets.ISO_8859_1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Awaitility.await("the viewer signs in")
                .ignoreExceptions()
                .until(() -> signIn(VIEWER, PASSWORD), one -> true);
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
